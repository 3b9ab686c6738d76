"""What the parts of a dependency analysis are called and what they mean for a planner, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from graph.query.question_library import Words

#: Title by part of :class:`graph.analysis.dependency.Dependencies`, and of the ranking of single removals.
TITLES: Mapping[str, Words] = {
    "reasons": Words("Needs by reason", "نیازها به تفکیک دلیل"),
    "layers": Words("Layers", "لایه‌ها"),
    "cycles": Words("Cycles", "دورها"),
    "chains": Words("Longest chains", "بلندترین زنجیره‌ها"),
    "cut_points": Words("Things that tie others to the rest", "پیوندهای یگانه"),
    "dominators": Words("Things with no way around", "گذرگاه‌های ناگزیر"),
    "alone": Words("Things that stand alone", "چیزهای تنها"),
    "removals": Words("What it costs to lose one thing", "هزینه از دست دادن هر چیز"),
}
#: What each means, in a sentence.
MEANINGS: Mapping[str, Words] = {
    "reasons": Words(
        "How many needs the forms state, by the field that states them.",
        "شمار نیازهایی که شناسنامه‌ها گفته‌اند، بر پایه خانه‌ای که آن را می‌گوید.",
    ),
    "layers": Words(
        "What stands in the first layer needs nothing that the catalogue knows; each other thing "
        "stands one layer "
        "above the highest that it needs, so work on a layer can wait for those below.",
        "آنچه در لایه نخست است به چیزی که دفتر بشناسد نیاز ندارد؛ هر چیز دیگر یک لایه بالاتر از "
        "بالاترین نیاز خود است، "
        "پس کار هر لایه پس از لایه‌های زیرین آن است.",
    ),
    "cycles": Words(
        "Things that need each other in a circle: none of them can be set up or changed alone.",
        "چیزهایی که دور هم به یکدیگر نیاز دارند: هیچ یک را نمی‌توان به تنهایی برپا یا دگرگون کرد.",
    ),
    "chains": Words(
        "The longest ways from a thing down to what it rests on in the end: delays can pass along each step.",
        "بلندترین راه‌ها از هر چیز تا آنچه سرانجام بر آن استوار است: درنگ در هر گام می‌تواند به گام دیگر برسد.",
    ),
    "cut_points": Words(
        "Without this, other things keep no tie of any kind to the rest: they are in the picture "
        "through it alone.",
        "بی این، چیزهای دیگر هیچ پیوندی با بقیه ندارند: تنها از راه همین دیده می‌شوند.",
    ),
    "dominators": Words(
        "All that another thing rests on, it reaches through this, whichever way one follows; "
        "nothing else holds it up.",
        "دیگری به هر چه بر آن استوار است، از هر راه که برویم، از همین جا می‌رسد؛ چیز دیگری آن را نگه نمی‌دارد.",
    ),
    "alone": Words(
        "Things that need nothing and that nothing needs, as far as the forms say; a process "
        "without a form is "
        "among them because nothing is known of it.",
        "چیزهایی که تا آنجا که شناسنامه‌ها می‌گویند نه نیازی دارند و نه کسی به آنها نیاز دارد؛ "
        "فرایند بی شناسنامه نیز از اینهاست، چون چیزی از آن دانسته نیست.",
    ),
    "removals": Words(
        "Each thing taken away by itself: how many things are lost and weakened, and how many "
        "processes have no "
        "partner of some kind left.",
        "هر چیز که به تنهایی برداشته شود: چند چیز از دست می‌رود و ضعیف می‌شود، و چند فرایند همکاری "
        "از گونه‌ای ندارد.",
    ),
}
