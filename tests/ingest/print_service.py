"""Printing a service form: the skeleton of the template, line by line, filled from data."""

from __future__ import annotations

from tests.ingest.hand import Hand
from tests.ingest.offices import Channel, ServiceForm

LEVELS = ("ملی", "منطقه ای", "استانی", "شهری", "روستایی")
NATURES = ("حاکمیتی", "تصدی گری")
CHANNELS: dict[str, str | None] = {
    "اینترنتی": "آدرس اینترنتی",
    "پست الکترونیک": "آدرس پست الکترونیک خدمت جهت پاسخگویی یا ارتباط با متقاضی",
    "تلفن گویا یا مرکز تماس": "ارائه شماره مرکز تماس یا تلفن گویا",
    "تلفن همراه": "پیوند دریافت برنامه کاربردی ارائه خدمت روی تلفن همراه",
    "پیام کوتاه": "شماره سامانه پیامکی ارائه خدمت",
    "دفاتر ارائه خدمت یا دفاتر پیشخوان خدمات": None,
    "سایر": "ذکر گردد",
}
"""The channels in the order of the form, each with the words in parentheses that ask for a value."""


def print_service(hand: Hand, form: ServiceForm) -> None:
    """Print one service form.

    Args:
        hand: Writes the lines.
        form: What the form says.
    """
    hand.add(f"{' ' * 24}{hand.plain('فرم شناسنامه خدمات استانداری')}{' ' * 18}")
    hand.add(f"  {hand.value(form.title)}: {hand.label('عنوان خدمت')} -1", "")
    first, *more = hand.wrapped(form.parent_process, 62, 80)
    hand.add(f"  {hand.value(first)} :{hand.label('عنوان فرایند')} - 2")
    hand.add(*(f"  {hand.value(line)}" for line in more))
    hand.add("", "3 - ", "ت", "", hand.plain("ت خدم"), hand.plain("مشخصا"), "", "  ", "")
    hand.add(f"  ){hand.label('حداکثر سه سطر')}(: {hand.label('شرح خدمت')}")
    hand.add(*(f"{hand.gap(0, 2)}{hand.value(line)} " for line in hand.wrapped(form.description, 88, 88)), "")
    _kinds(hand, form)
    _life_events(hand, form)
    _trigger(hand, form)
    _details(hand, form)
    for name, hint in CHANNELS.items():
        _channel(hand, name, hint, form.channels.get(name, Channel()))


def _kinds(hand: Hand, form: ServiceForm) -> None:
    """Type, nature and level; the boxes of a service form stand before their labels."""

    def opening(code: str) -> str:
        return hand.box(code in form.type, after=" ") or "   "

    citizens = hand.box("G2C" in form.type, "  ", "  ") or "      "
    hand.add(f"  ) G2C({hand.label('خدمت به شهروندان')}{citizens}:{hand.label('نوع خدمت')}", "")
    hand.add(f"{opening('G2B')})G2B( {hand.label('خدمت به کسب و کار')}    ")
    hand.add(f"{opening('G2G')}{hand.label('خدمت به دیگردستگاه های دولتی')})G2G(  ", "")
    hand.add("ت ", hand.plain("خدم"), "", hand.plain("گیرندگان"), "     ", "")
    for label, choices, chosen in (
        ("ماهیت خدمت", NATURES, form.nature),
        ("سطح خدمت", LEVELS, form.level),
    ):
        line = ""
        for choice in choices:
            line = f"{hand.label(choice)}{hand.box(choice == chosen, '  ', '  ') or '      '}{line}"
        hand.add(f"  {line}:{hand.label(label)}")
    hand.add("")


def _life_events(hand: Hand, form: ServiceForm) -> None:
    events = ["ثبت مالکیت", "تامین اجتماعی", "کسب و کار", "مالیات", "سلامت", "آموزش", "تولد"]
    box = hand.box(form.life_event == "تولد", "  ", "  ") or "        "
    hand.add(f"  {'     '.join(map(hand.label, events))}{box}:{hand.label('رویداد مرتبط با')}", "")
    events = ["وفات", "مدارک و گواهینامهها", "بازنشستگی", "ازدواج", "بیمه", "تاسیسات شهری"]
    hand.add(f"  {'      '.join(map(hand.label, events))}      ")
    hand.add(f" ){hand.label('ذکر گردد')}( . . .{hand.plain('سایر')}      ", "", "  ")


def _trigger(hand: Hand, form: ServiceForm) -> None:
    hand.add(f"  :{hand.label('نحوه آغاز خدمت')}", "")
    line, last = "", ""
    for code, words in (
        ("request", "تقاضای گیرنده خدمت"),
        ("time", "فرا رسیدن زمانی مشخص"),
        ("event", "رخداد رویدادی مشخص"),
    ):
        line = f"{hand.label(words)}{last}{line}"
        last = hand.box(form.trigger == code, "  ", "  ") or "       "
    edge = hand.tick if form.trigger == "event" else ""
    hand.add(f"{edge}  {line}{'  ' if edge else '      '}")
    hand.add(
        f"  ){hand.label('ذکر گردد')}(. . . {hand.plain('سایر')}        {hand.label('تشخیص دستگاه')}      ",
        "",
    )
    hand.add(f"{hand.label('مدارک لازم برای انجام')} ", f"  :{hand.plain('خدمت')}", "")
    hand.add(*(f"  {hand.value(line)}" for line in hand.wrapped(form.documents, 80, 80)))


def _details(hand: Hand, form: ServiceForm) -> None:
    plain, label = hand.plain, hand.label
    hand.add("", "4 - ", "ت", "", plain("ت خدم"), plain("جزییا"), "", "  ", "")
    units = f"{plain('روز')}          {plain('ماه')}          {plain('سال')}"
    served = label("آمار تعداد خدمت گیرندگان")
    hand.add(f"  {units}:        {label('خدمت گیرندگان در')}. . .    :                 {served}")
    hand.add(f"{label('متوسط مدت زمان ارایه')} ", "", f"  :{plain('خدمت')}")
    hand.add(f"  {hand.value(form.duration) if form.duration else ''}", "")
    units = f"{plain('ماه')}        {plain('فصل')}          {plain('سال')}"
    box = hand.box(form.once, " " * 20, "  ") or " " * 25
    once = f"{label('یکبار برای همیشه')}{box}"
    hand.add(f"  {units}:       {plain('بار در')}. . .                          {once}:{plain('تواتر')}")
    hand.add(f"  {hand.value(form.visits)}  :{label('تعداد بار مراجعه حضوری')}", "")
    hand.add(
        f"{plain('به')} ) {plain('ریال')}({label('هزینه ارایه خدمت')}", f"  :{label('خدمت گیرندگان')}", ""
    )
    accounts = f"{plain('بانکی')}) {plain('های')}({label('شماره حساب')}   ){plain('مبالغ')}({plain('مبلغ')}"
    hand.add(f"  {label('پرداخت بصورت الکترونیک')}  {accounts}")
    hand.add(f"{' ' * 17}{form.cost}  " if form.cost else "      ", "      ", "", ". . .      ", "")
    hand.add("5 - ", "ت", "", label("نحوه دسترسی به خدم"))


def _channel(hand: Hand, name: str, hint: str | None, cell: Channel) -> None:
    box = hand.box(cell.ticked, " ", "  ") or "    "
    words = f"{hand.label(name)}{box}"
    if name == "سایر":
        text = hand.value(cell.text) if cell.text else ""
        hand.add(f"  {text}:  ){hand.label(hint or '')}(: {hand.plain(name)}{box}")
    elif hint is None:
        hand.add(f" {words}")
    elif cell.text:
        hand.add(f"  {hand.value(cell.text)} : {words}")
    else:
        colon = "" if name == "تلفن همراه" else ": "
        hand.add(f"   ){hand.label(hint)}({colon}{words}")
    if name in ("اینترنتی", "تلفن همراه"):
        hand.add("")
