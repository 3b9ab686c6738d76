"""What a catalogue holds, before any of it is written: how many of each thing, and who works with whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from bench.synthetic.words import Zipf

LINES_OF_A_FORM = 140
COVER_LINES = 60


@dataclass(frozen=True)
class Plan:
    """The sizes of a made-up catalogue; everything follows from three numbers.

    Attributes:
        processes: How many processes.
        seed: Another seed gives another catalogue of the same kind.
        forms: Share of processes whose form is there; the others stand in the index with a title only. With
            two in five a process has about 190 statements, provenance included, as a country's catalogue is
            thought to have; the shipped catalogue has four in five and 480.

    Example:
        >>> Plan(3000).offices, Plan(3000).provinces, Plan(3000).bodies
        (30, 10, 492)
    """

    processes: int
    seed: int = 1
    forms: float = 0.4
    _random: dict[str, Random] = field(default_factory=dict, repr=False, compare=False)

    @property
    def offices(self) -> int:
        """Offices that hand in forms: one for a hundred processes."""
        return max(1, self.processes // 100)

    @property
    def provinces(self) -> int:
        """Provinces, at most 31; each has three offices or more."""
        return min(31, max(1, self.offices // 3))

    @property
    def bodies(self) -> int:
        """Bodies that forms may name, beside the offices; they grow slower than forms do."""
        return max(20, int(9 * self.processes**0.5))

    @property
    def national(self) -> int:
        """Bodies of the whole country; the others belong to a province."""
        return self.bodies // 4

    @property
    def instruments(self) -> int:
        """Laws and directives that forms identify."""
        return max(6, self.processes // 20)

    @property
    def templates(self) -> int:
        """Forms that processes use."""
        return max(4, self.processes // 30)

    @property
    def collectives(self) -> int:
        """Groups named as groups."""
        return max(8, self.bodies // 10)

    @property
    def councils(self) -> int:
        """National bodies that have members; the first ones, for they are the best known."""
        return max(2, self.national // 20)

    @property
    def services(self) -> int:
        """Services with a form of their own."""
        return max(2, self.processes // 50)

    def random(self, *what: object) -> Random:
        """A source of chance for one thing, the same whatever was drawn before it."""
        return Random(":".join(map(str, (self.seed, *what))))  # noqa: S311

    def office_of(self, process: int) -> int:
        """The office of a process; each has a run of processes."""
        return process * self.offices // self.processes

    def province_of(self, office: int) -> int:
        """The province of an office."""
        return office * self.provinces // self.offices

    def has_form(self, process: int) -> bool:
        """Whether a process has a form: evenly spread, and always for the first."""
        return int((process + 1) * self.forms) > int(process * self.forms) or process == 0

    def has_second_edition(self, office: int) -> bool:
        """Whether the later half of an office's forms stand in a second edition of its document."""
        return office % 10 == 3

    @cached_property
    def first_process(self) -> list[int]:
        """The first process of each office, and the number of processes at the end."""
        starts = [-(-office * self.processes // self.offices) for office in range(self.offices)]
        return [*starts, self.processes]

    @cached_property
    def local_bodies(self) -> list[list[int]]:
        """The bodies of each province."""
        found: list[list[int]] = [[] for _ in range(self.provinces)]
        for body in range(self.national, self.bodies):
            found[body % self.provinces].append(body)
        return found

    @cached_property
    def draw_national(self) -> Zipf:
        """How often each national body is named."""
        return Zipf(self.national)

    @cached_property
    def draw_local(self) -> list[Zipf]:
        """How often each body of a province is named there."""
        return [Zipf(max(1, len(bodies))) for bodies in self.local_bodies]

    @cached_property
    def draw_instrument(self) -> Zipf:
        """How often each instrument is followed."""
        return Zipf(self.instruments)

    @cached_property
    def draw_template(self) -> Zipf:
        """How often each template is used."""
        return Zipf(self.templates)

    def partner(self, province: int, random: Random) -> int:
        """One body that a form of a province names: six times in ten a national one."""
        local = self.local_bodies[province]
        if not local or random.random() < 0.6:
            return self.draw_national.draw(random)
        return local[self.draw_local[province].draw(random)]

    def partners(self, province: int, count: int, random: Random) -> list[int]:
        """Several bodies, each once, in the order in which they are named."""
        found: dict[int, None] = {}
        for _ in range(count * 3):
            found[self.partner(province, random)] = None
            if len(found) == count:
                break
        return list(found)

    def standard_list(self, office: int) -> list[int]:
        """The list of partners that an office copies from form to form."""
        random = self.random("list", office)
        return self.partners(self.province_of(office), random.randint(3, 6), random)
