"""What each number of centrality and brokerage means for a planner, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.centrality_betweenness import RISK, Accuracy
from graph.analysis.words import Words, say

__all__ = ["MEASURES", "MeasureWords", "explain", "how_known"]


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """What a measure is called, and a sentence with a place ``{value}`` for what it says."""

    name: Words
    says: Words


def _measure(name_en: str, name_fa: str, en: str, fa: str) -> MeasureWords:
    return MeasureWords(Words(name_en, name_fa), Words(en, fa))


#: Of a body, in AgencyNumbers and Role.
_BODY = {
    "processes": _measure(
        "Processes",
        "فرایندها",
        "Processes where it sits: {value}. So many lists must be rewritten if it goes.",
        "در {value} فرایند می‌نشیند: اگر نباشد، همین شمار فهرست باید از نو نوشته شود.",
    ),
    "partners": _measure(
        "Partners",
        "همنشینان",
        "Other bodies it sits with somewhere: {value}. To these it can speak without a go-between.",
        "در جایی با {value} دستگاه دیگر می‌نشیند: با اینها بی واسطه می‌تواند سخن بگوید.",
    ),
    "betweenness": _measure(
        "Betweenness",
        "بینابینی",
        "{value:.1%} of the pairs of other bodies find each other by the shortest way through it, equal "
        "ways sharing: the more, the more it carries between others.",
        "{value:.1%} از جفت‌های دستگاه‌های دیگر از کوتاه‌ترین راه با واسطه آن به هم می‌رسند و راه‌های برابر "
        "سهم می‌برند: هر چه بیشتر، بیشتر میان دیگران می‌رساند.",
    ),
    "eigenvector": _measure(
        "Influence by company",
        "نفوذ از راه همنشینی",
        "In sitting with well-tied bodies it has {value:.0%} of the weight of the first body: what is "
        "settled with it spreads.",
        "در نشستن با دستگاه‌های پرپیوند {value:.0%} وزن دستگاه نخست را دارد: آنچه با آن قرار شود پخش می‌شود.",
    ),
    "core": _measure(
        "Core",
        "هسته",
        "It is part of a core where each body sits on {value} processes or more and each process has "
        "{value} or more of these bodies: the higher, the more it belongs to those who meet again and "
        "again.",
        "بخشی از هسته‌ای است که هر دستگاه آن در {value} فرایند یا بیشتر است و هر فرایند آن {value} دستگاه "
        "یا بیشتر از همین‌ها دارد: هر چه بیشتر، بیشتر از آنان است که باز و باز با هم می‌نشینند.",
    ),
    "effective_size": _measure(
        "Effective size",
        "اندازه مؤثر",
        "Its partners count as {value:.1f} that do not sit with each other: so many separate circles it "
        "reaches.",
        "همنشینان آن به اندازه {value:.1f} همنشین است که با هم نمی‌نشینند: به این شمار حلقه جدا دسترس دارد.",
    ),
    "constraint": _measure(
        "Constraint",
        "قید",
        "Its ties lead back to the same partners with a weight of {value:.2f}: near 1 or above, it depends "
        "on one circle; near 0, it can choose.",
        "پیوندهای آن با وزن {value:.2f} به همان همنشینان باز می‌گردد: نزدیک ۱ یا بالاتر به یک حلقه وابسته "
        "است و نزدیک ۰ دست آن باز است.",
    ),
    "brokered": _measure(
        "Pairs brokered",
        "جفت‌های میانجی گری شده",
        "Pairs of its partners that sit together nowhere: {value}. It can carry word between them.",
        "{value} جفت از همنشینان آن هیچ جا با هم نمی‌نشینند: می‌تواند میان آنها پیام برساند.",
    ),
    "only": _measure(
        "Sole go-between",
        "تنها میانجی",
        "Pairs of bodies for which it alone sits with both: {value}. If it goes, nobody stands between them.",
        "برای {value} جفت دستگاه تنها دستگاهی است که با هر دو می‌نشیند: اگر نباشد، کسی میان آنها نیست.",
    ),
    "coordinator": _measure(
        "Coordinator",
        "هماهنگ کننده",
        "Pairs it stands between where all three are of one kind: {value}. It holds its own kind together.",
        "میان {value} جفت است که هر سه از یک گونه دستگاه‌اند: گونه خود را به هم‌پیوند می‌دهد.",
    ),
    "gatekeeper": _measure(
        "Gatekeeper",
        "دروازه بان",
        "Pairs it stands between of a body of its own kind and one of another: {value}. Its kind meets "
        "others through it.",
        "میان {value} جفت است که یکی از گونه خود آن و دیگری از گونه دیگر است: گونه آن از راه آن با دیگران می "
        "نشیند.",
    ),
    "consultant": _measure(
        "Consultant",
        "مشاور",
        "Pairs it stands between that are of one kind, not its own: {value}. They meet through an outsider.",
        "میان {value} جفت از دستگاه‌های یک گونه دیگر است: آنها از راه بیگانه‌ای به هم می‌رسند.",
    ),
    "liaison": _measure(
        "Liaison",
        "رابط",
        "Pairs it stands between where all three are of different kinds: {value}. It ties fields of work.",
        "میان {value} جفت است که هر سه از گونه‌های جدا هستند: حوزه‌های کار را به هم‌پیوند می‌دهد.",
    ),
    "inside": _measure(
        "Ties within the circle",
        "پیوند درون حلقه",
        "{value:.0%} of its ties stay within its circle: the less, the more it works for others.",
        "{value:.0%} از پیوندهای آن درون حلقه خود آن است: هر چه کمتر، بیشتر با دیگران کار می‌کند.",
    ),
    "steady": _measure(
        "Steadiness",
        "ثبات",
        "In other runs {value:.0%} of its circle stays the same on average: where that is low, do not rely "
        "on the circle it was put into.",
        "در اجراهای دیگر به طور میانگین {value:.0%} از حلقه آن همان می‌ماند: جایی که کم است، به حلقه‌ای که "
        "در آن گذاشته شده تکیه نکنید.",
    ),
}
#: Of a process, a seat, a division, a thing that is needed.
_OTHER = {
    "process.agencies": _measure(
        "Bodies",
        "دستگاه‌ها",
        "Bodies that sit there: {value}. So many must be called to a meeting.",
        "{value} دستگاه در آن می‌نشینند: همین شمار را باید به نشست خواند.",
    ),
    "process.betweenness": _measure(
        "Betweenness of a process",
        "بینابینی فرایند",
        "{value:.1%} of all pairs of bodies find each other by the shortest way through this process, equal "
        "ways sharing: the more, the more it brings together bodies that seldom meet elsewhere.",
        "{value:.1%} از همه جفت‌های دستگاه‌ها از کوتاه‌ترین راه در این فرایند به هم می‌رسند و راه‌های برابر "
        "سهم می‌برند: هر چه بیشتر، بیشتر دستگاه‌هایی را گرد هم می‌آورد که جای دیگر کم با هم می‌نشینند.",
    ),
    "process.core": _measure(
        "Core of a process",
        "هسته فرایند",
        "It is part of a core where each process has {value} or more bodies and each of these sits on "
        "{value} or more such processes: the higher, the more it is one of many with the same bodies.",
        "بخشی از هسته‌ای است که هر فرایند آن {value} دستگاه یا بیشتر دارد و هر یک از آنها در {value} فرایند "
        "یا بیشتر از همین‌هاست: هر چه بیشتر، بیشتر یکی از چند فرایند با همان دستگاه‌هاست.",
    ),
    "seat.betweenness": _measure(
        "Betweenness of a seat",
        "بینابینی یک کرسی",
        "{value:.1%} of all pairs of bodies find each other by the shortest way through this seat, equal "
        "ways sharing: leaving it empty cuts these ways.",
        "{value:.1%} از همه جفت‌های دستگاه‌ها از کوتاه‌ترین راه از این کرسی به هم می‌رسند و راه‌های برابر "
        "سهم می‌برند: اگر خالی بماند این راه‌ها بریده می‌شود.",
    ),
    "modularity": _measure(
        "Modularity",
        "پیمانگی",
        "{value:.2f} of the ties lie within circles beyond what chance would put there: below 0.3 the bodies "
        "hardly form circles.",
        "{value:.2f} از پیوندها بیش از آنچه از تصادف بر می‌آید درون حلقه‌هاست: زیر ۰٫۳ دستگاه‌ها به سختی "
        "حلقه‌ای می‌سازند.",
    ),
    "agreement": _measure(
        "Agreement of runs",
        "همخوانی اجراها",
        "Runs from other starts agree with this division by {value:.2f}, where 1 is the same and 0 chance.",
        "اجراها با آغازهای دیگر به اندازه {value:.2f} با این بخش بندی همخوان‌اند؛ ۱ یعنی همان و ۰ یعنی تصادف.",
    ),
    "need.needs": _measure(
        "Needs",
        "نیازها",
        "Things it rests on directly: {value}. A change in any of them reaches it.",
        "مستقیم بر {value} چیز دیگر استوار است: دگرگونی هر یک به آن می‌رسد.",
    ),
    "need.needed_by": _measure(
        "Needed by",
        "مورد نیاز",
        "Things that rest on it directly: {value}. Look at these before it is changed.",
        "{value} چیز مستقیم بر آن استوار است: پیش از دگرگونی آن باید به اینها نگریست.",
    ),
    "need.betweenness": _measure(
        "Betweenness among needs",
        "بینابینی در نیازها",
        "In {value:.1%} of the ordered pairs of other things the one rests on the other through it: it "
        "passes on what goes wrong.",
        "در {value:.1%} از جفت‌های مرتب چیزهای دیگر، یکی با واسطه آن بر دیگری استوار است: خرابی از آن می "
        "گذرد.",
    ),
    "need.authority": _measure(
        "Authority",
        "مرجعیت",
        "It is needed by the things that need most, {value:.0%} as much as the first of all: a shared "
        "footing.",
        "چیزهایی که بیشترین نیاز را دارند به آن نیاز دارند، به اندازه {value:.0%} نخستین: پایه مشترک است.",
    ),
    "need.hub": _measure(
        "Hub",
        "کانون",
        "It needs what is much needed, {value:.0%} as much as the first of all: it rests on the common "
        "footing in many places at once.",
        "به چیزهای پرنیاز نیاز دارد، به اندازه {value:.0%} نخستین: در چند جا بر پایه‌های مشترک استوار است.",
    ),
}
#: Words of each measure, by the name of the number; with what it is of, where that is not a body.
MEASURES: Mapping[str, MeasureWords] = _BODY | _OTHER

_UNDEFINED = Words(
    "Not defined here: it is outside the largest part that hangs together, or sits with nobody.",
    "در اینجا تعریف نمی‌شود: بیرون از بزرگ‌ترین بخش به هم پیوسته است یا با کسی نمی‌نشیند.",
)


def explain(measure: str, value: float | None) -> Words:
    """Say what a number means.

    Args:
        measure: Name of the number, one of ``MEASURES``.
        value: The number; None where it is not defined.

    Returns:
        One sentence.

    Raises:
        KeyError: when there is no such number.

    Example:
        >>> explain("partners", 5).en
        'Other bodies it sits with somewhere: 5. To these it can speak without a go-between.'
    """
    words = MEASURES[measure].says
    return _UNDEFINED if value is None else say(words.en, words.fa, value=value)


def how_known(accuracy: Accuracy) -> Words:
    """Say how well values of betweenness are known.

    Args:
        accuracy: What was measured.

    Returns:
        One or two sentences.

    Example:
        >>> how_known(Accuracy(True, 31, None, 0.0, 0.0)).en
        'Betweenness is exact.'
    """
    if accuracy.exact:
        return Words("Betweenness is exact.", "بینابینی دقیق است.")
    return say(
        "Betweenness is estimated from {sources} random starts (seed {seed}). With a chance of {chance:.0%} "
        "no value is off by more than {error:.1%} (guaranteed); errors of about {likely:.1%} are to be "
        "expected.",
        "بینابینی از {sources} آغاز تصادفی برآورد شده است (دانه {seed}). با احتمال {chance:.0%} هیچ مقداری "
        "بیش از {error:.1%} خطا ندارد (تضمین شده)؛ خطایی نزدیک {likely:.1%} را باید انتظار داشت.",
        sources=accuracy.sources,
        seed=accuracy.seed,
        chance=1 - RISK,
        error=accuracy.error,
        likely=2 * accuracy.standard_error,
    )
