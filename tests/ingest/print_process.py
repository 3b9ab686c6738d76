"""Printing a process form: the skeleton of the template, line by line, filled from data."""

from __future__ import annotations

from tests.ingest.hand import Hand
from tests.ingest.offices import STAGES, Office, Partner, ProcessForm, Stage, System

_HEADINGS = {
    "inform": "در مرحله اطلاع رسانی فرایند",
    "start": "در مرحله شروع فرایند",
    "process": "مرحله پردازش فرایند",
    "deliver": "در مرحله ارائه فرایند",
}
_SECTION_7 = (
    ("ارتباط فرایند با ", "", "سایرسامانه ها"),
    ("ط فرایند با ", "", "ارتبا", "سایرسامانه ها"),
    ("ط فرایند با ", "", "ارتبا", "سایرسامانه ", "", "ها"),
)
_SECTION_8 = (
    ("ارتباط فرایند با سایر", "", " ", "", "دستگاهها", "  ", ""),
    ("ارتباط ", "", "فرایند با سایر", " ", "", "دستگاهها", "  ", ""),
    ("ارتباط فرایند با ", "", "سایر", " ", "", "دستگاهها", "  ", ""),
)
_SECTION_9 = (
    ("عناوین گام های  ", "", "فرایند", "    "),
    ("ی  فرایند", "", "عناوین گام ها", "  ", "", "    "),
    ("عناوین گام های  فرایند", "", "    "),
)


def print_process(hand: Hand, form: ProcessForm, office: Office) -> None:
    """Print one process form.

    Args:
        hand: Writes the lines.
        form: What the form says.
        office: Whose form it is.
    """
    hand.add(f"   {hand.plain('فرم شناسنامه فرایندهای استانداری')} ")
    _opening(hand, form)
    _date_and_owner(hand, form, office)
    hand.add("5 - ", hand.plain("ت فرایند"), "", hand.plain("مشخصا"), "  ", "")
    field(hand, "هدف فرایند", form.goal)
    _class_and_scope(hand, form)
    field(hand, "خدمت گیرندگان", form.recipients, blank=False)
    _trigger(hand, form)
    field(hand, "خروجی فرایند", form.output, blank=False)
    field(hand, "مدارک لازم برای انجام فرایند", form.documents, tail=" ", blank=True)
    field(hand, "قوانین و مقررات بالادستی", form.regulations, blank=False)
    field(hand, "فرمها", form.forms, blank=True)
    _access(hand, form)
    for stage in STAGES:
        _stage(hand, stage, form.stages[stage])
    _systems(hand, form.systems)
    _partners(hand, form.partners)
    hand.page_break(0.2)
    hand.add(" 9- ", *map(hand.plain, hand.rng.choice(_SECTION_9)))
    _steps(hand, form)


def field(hand: Hand, label: str, value: str | None, *, tail: str = "", blank: bool | None = None) -> None:
    """Print a field: its first line beside the label, the others below.

    Args:
        hand: Writes the lines.
        label: The label's words.
        value: The value, or ``None`` for an empty field.
        tail: What follows the label on its line.
        blank: Whether an empty line follows; by default chance decides.
    """
    gap = hand.gap(2, 2, 3, 8)
    if value is None:
        hand.add(f"  {gap}:{hand.label(label)}{tail}")
    else:
        dot = "." if value[-1].isalpha() and hand.chance(hand.damage.dots) else ""
        first, *more = hand.wrapped(value + dot, hand.rng.randint(60, 84), hand.rng.randint(70, 90))
        if more and hand.chance(hand.damage.tatweel):
            first = hand.stretched(first)
        hand.add(f"  {hand.value(first)}{gap}:{hand.label(label)}{tail}")
        hand.add(*(hand.gap(2, 3) + hand.value(line) for line in more))
    if blank if blank is not None else hand.chance(0.5):
        hand.add("")


def _opening(hand: Hand, form: ProcessForm) -> None:
    """Title and identifier, on one line where there is room."""
    lines = hand.wrapped(form.title, 50, 60)
    stretch = len(lines) > 1 and hand.chance(hand.damage.tatweel)
    words = "عنوان فرایند"
    label = f" :{hand.label(hand.stretched(words) if stretch else words)}{hand.rng.choice([' -1', ' - 1'])}"
    number = f"{form.identifier} " if form.identifier else ""
    identifier = f" {number}:{hand.label('شناسه فرایند')} - 2"
    if len(lines) == 1 and len(form.title) < 46 and not number and hand.chance(0.75):
        hand.add(f"{identifier}{hand.gap(1, 2, 3)}{hand.value(form.title)}{label}", "")
        return
    if stretch:
        lines = [hand.stretched(line) for line in lines]
    hand.add(f"  {hand.value(lines[0])}{hand.gap(0, 1, 4) if lines[1:] else ''}{label}")
    if len(lines) == 1 or hand.chance(0.6):
        hand.add("")
    hand.add(*(hand.gap(2, 3) + hand.value(line) + hand.gap(0, 1) for line in lines[1:]))
    hand.add(identifier)


def _date_and_owner(hand: Hand, form: ProcessForm, office: Office) -> None:
    note = f".){hand.label('این فیلد توسط دفتر تشکیلات و بهبود روش ها تکمیل می شود')}( "
    date = f"  {form.date}{hand.gap(1, 2)}:{hand.label('تاریخ', 0)} - 3"
    if hand.damage.split and hand.chance(0.12):
        hand.add(f"{date}  {note}", "")
    elif hand.chance(0.5):
        hand.add(f"  {note}", "", date, "")
    else:
        hand.add(f"  {note}", date, "")
    unit = f"{hand.value(office.office, 0.12)}{hand.gap(1, 2)}:{hand.label('نام مرکز/دفتر/اداره کل')}"
    body = f"{hand.value(office.body, 0.06)}{hand.gap(1, 2)}:{hand.label('نام دستگاه اجرایی')}"
    hand.add(f"  {unit}{hand.gap(2, 3)}{body}  {hand.label('مالک فرایند')}  - 4", "")


def _class_and_scope(hand: Hand, form: ProcessForm) -> None:
    """One line of boxes; each box stands after its label, so left of it on the printed line."""
    wide = " " * 14
    specialised = hand.box(form.scope == "specialised", hand.gap(6, 7, 8)) or "    "
    hand.add(
        f" ){specialised}{hand.label('اختصاصی')}                  "
        f"{hand.box(form.scope == 'shared')}{hand.label('مشترک')}{' (' if form.scope else '    ('}"
        f"{hand.box(form.class_ == 'managerial')}{hand.label('مدیریتی')} {wide}"
        f"{hand.box(form.class_ == 'support')}{hand.label('پشتیبانی')}{wide}"
        f"{hand.box(form.class_ == 'main')}{hand.label('اصلی')}{hand.gap(6, 7)}: {hand.label('نوع فرایند')}",
        "",
    )


def _trigger(hand: Hand, form: ProcessForm) -> None:
    hand.add(f"  :{hand.label('نحوه آغاز فرایند')}", "", f"  ){hand.label('ورودی ها')}(")
    event, time = hand.label("رخداد رویدادی مشخص"), hand.label("فرا رسیدن زمانی مشخص")
    after_time = hand.box("time" in form.trigger, "    ", "  ") or "      "
    if "request" in form.trigger and form.trigger_apart:
        hand.add(f"{hand.tick}   {hand.plain('تقاضای گیرنده')}", "", f"  {hand.plain('خدمت')}    ")
        hand.add(f"  {event}{after_time}{time}     ", "")
    else:
        after_request = hand.box("request" in form.trigger, hand.gap(1, 2, 5)) or "     "
        hand.add(f"  {event}{after_time}{time}{after_request}{hand.label('تقاضای گیرنده خدمت')}        ")
    agency = "agency" in form.trigger
    if agency and form.trigger_apart:
        hand.add(f"{hand.tick}{hand.gap(1, 4)}{hand.plain('سایر')}       {hand.label('تشخیص دستگاه')} :  ")
    else:
        other = hand.value(form.trigger_other) if form.trigger_other else ""
        tick = hand.box(agency, "     ", "  ") or "       "
        hand.add(f"  {other}: {hand.plain('سایر')}{tick}{hand.label('تشخیص دستگاه')}    ")
    hand.add("")


def _access(hand: Hand, form: ProcessForm) -> None:
    hand.page_break(0.3)
    heading = ["نحوه دسترسی به فرایند"]
    if hand.chance(0.5):
        heading = ["نحوه دسترسی به ", "", "فرایند"]
    hand.add("6 - ", *map(hand.plain, heading), "", "  ", "")
    part = "در صورت الکترونیکی بودن همه یا بخشی از آن"
    field(hand, f"آدرس دقیق و مستقیم فرایند در وبگاه {part}", form.url, blank=True)
    field(hand, f"نام سامانه مربوط به فرایند {part}", form.system, blank=False)
    heads = (hand.label("رسانه ارتباطی فرایند"), hand.label("نوع ارائه", 0), hand.label("مراحل فرایند"))
    hand.add("  " + "  ".join(heads), "")


def _stage(hand: Hand, name: str, cell: Stage) -> None:
    hand.add(f"  {hand.label(_HEADINGS[name])}")
    if name == "process":
        hand.add("", f"{hand.label('فرایند داخل دستگاه یا ارتباط')} (", "")
        hand.add(f"  ){hand.label('با دیگر دستگاه ها')} ", "")
    text = f"{hand.value(cell.text)}  " if cell.text else ""
    mode = hand.label("الکترونیکی", 0.03)
    if name == "start" and text and hand.damage.split:
        hand.add(f"{hand.box(cell.electronic)}  {mode}  ", "  ", "", f"  {text.rstrip()}")
    else:
        hand.add(f"{hand.box(cell.electronic, after=' ') or '  '}{text}{mode}    ")
    reason = f"{hand.value(cell.reason)}  " if cell.reason else ""
    other = hand.label("غیرالکترونیکی", 0.04)
    if hand.damage.split and hand.chance(0.4):
        box = hand.box(cell.in_person, after=hand.gap(0, 1, 4)) or "    "
        hand.add(f"{box}{hand.label('ذکر ضرورت مراجعه')}   {other}")
        hand.add("", f"  {reason}{hand.plain('حضوری')}")
    else:
        box = hand.box(cell.in_person, after=hand.gap(0, 1)) or hand.gap(2, 4)
        hand.add(f"{box}{reason}{hand.label('ذکر ضرورت مراجعه حضوری')}  {other}  ")
    hand.add("")


def _column_heads(hand: Hand) -> None:
    hand.add("online  ", hand.plain("ای دسته"), "", ")Batch(  ")


def _systems(hand: Hand, rows: tuple[System, ...]) -> None:
    hand.page_break(0.25)
    hand.add("7- ", *map(hand.plain, hand.rng.choice(_SECTION_7)), hand.plain("همان دستگاهی "), "  ", "")
    hand.add(
        f"  {hand.label('نام سامانه های دیگر')}", "  ", "", f"  {hand.label('فیلدهای مورد تبادل')}", "  ", ""
    )
    hand.add(f"{hand.plain('استعلام')}   {hand.label('استعلام الکترونیکی')}", hand.plain("غیر "), "")
    hand.add(f"  {hand.plain('الکترونیکی')}", f"  {hand.plain('برخط')}", "")
    _column_heads(hand)
    for row in rows:
        ticks = "      ".join([hand.tick] * row.ticks)
        if row.name is None:
            hand.add(f"        {ticks}  ")
        else:
            box = f"  {ticks}      " if ticks else "        "
            hand.add(f"{box}{hand.value(row.fields or '')}{hand.gap(2, 3)}{hand.value(row.name)} ")
    hand.add("")


def _partners(hand: Hand, rows: tuple[Partner, ...]) -> None:
    hand.add("8 - ", *map(hand.plain, hand.rng.choice(_SECTION_8)))
    hand.add(
        f"{hand.label('نام سامانه های دستگاه')}   {hand.label('نام دستگاه دیگر')}",
        f"  {hand.plain('دیگر')}",
        "",
    )
    hand.add(f"{hand.plain('فیلدهای')}       ", hand.plain(" مورد تبادل"), "", hand.plain("مبلغ "))
    hand.add(f"{hand.plain('درصورت')} (", "", hand.plain("پرداخت "), f" ){hand.plain('هزینه')}", "")
    hand.add(f"{hand.label('اگراستعلام غیرالکترونیکی')}   {hand.label('استعلام الکترونیکی')}")
    hand.add(f"  {hand.plain('برخط')}  :{hand.label('است، استعلام توسط')}", "")
    _column_heads(hand)
    hand.add("")
    for row in rows:
        _partner(hand, row)
    if len(rows) == 1:
        hand.add(f"{_boxes(hand, ticked=False)}               ")


def _boxes(hand: Hand, *, ticked: bool) -> str:
    client = hand.label("مراجعه کننده", 0.05)
    box = hand.box(ticked, after="  ") or "  "
    return f"{box}{client}       {hand.plain('دستگاه')}"


def _partner(hand: Hand, row: Partner) -> None:
    """A row: names in a narrow column at the right edge, the other columns beside its last line."""
    *upper, last = [hand.value(line) for line in hand.wrapped(row.text, 29, 29)]
    cells = f"{row.fee}   " if row.fee else ""
    cells += "".join(f"{hand.value(cell)}{hand.gap(2, 3)}" for cell in (row.fields, row.system) if cell)
    for place, line in enumerate(upper):
        hand.add(line + hand.gap(0, 1))
        if place % 2 or hand.chance(0.3):
            hand.add("")
    boxes, layout = _boxes(hand, ticked=row.ticked), hand.rng.random()
    if cells and upper and layout < 0.3:
        hand.add(f" {cells}{last}", "", "    ", f"{boxes}     ", "")
    elif not cells and upper and layout < 0.5:
        hand.add(f"  {last}", "    ", "", "    ", f"{boxes}     ", "")
    else:
        hand.add(f"{boxes}{' ' * (10 if cells else 15)}{cells}{last}")


def _steps(hand: Hand, form: ProcessForm) -> None:
    if form.steps_note:
        hand.add(f"  .{hand.value(form.steps_note)} ")
    place = 0
    dotted = hand.chance(hand.damage.dots)
    while place < len(form.steps):
        number, text = place + 1, form.steps[place]
        if form.joined_step == number and number < len(form.steps):
            hand.add(f"  {hand.value(f'{number}ـ {text}   {number + 1}ـ {form.steps[number]}')}")
            place += 2
            continue
        first, *more = hand.wrapped(text + ("." if dotted else ""), 95, 95)
        hand.add(_numbered(hand, form.step_style, number, first) + hand.gap(0, 1))
        hand.add(*(f"  {hand.value(line)}" for line in more))
        place += 1


def _numbered(hand: Hand, style: str, number: int, text: str) -> str:
    if style == "left":
        return f" {number}- {hand.value(text)}"
    sign = {"tatweel": "ـ ", "dash": " - ", "bracket": ") "}[style]
    return f"  {hand.value(f'{number}{sign}{text}')}"
