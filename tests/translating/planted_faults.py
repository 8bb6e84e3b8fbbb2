"""Translations with planted faults: pairs written for this, each spoilt in every way that its guard should notice.

A pair names the number, the person or place, the term and the negation that stand in it, where it has them, so that a spoilt text
can be labelled with all that is wrong in it: a text cut off in the middle may have lost its number too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Pair:
    """A right translation; `number`, `name` and `term` as in the English, `negation` with what stands there when it is lost."""

    ar: str
    en: str
    number: str = ""
    wrong: str = ""
    name: str = ""
    negation: tuple[str, str] = ("", "")
    term: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A translation with the faults in it: names of guards, none where it is right."""

    ar: str
    en: str
    planted: str
    faults: frozenset[str]


PAIRS = (
    Pair("قتل 43 مدنيا في القصف على مدينة غانجا.", "The shelling of Ganja killed 43 civilians.", "43", "34", "Ganja"),
    Pair(
        "أصيب 12 شخصا بجروح في حادث سير قرب بيروت.",
        "Twelve people were injured in a road accident near Beirut.",
        "Twelve",
        "Twenty",
        "Beirut",
    ),
    Pair(
        "لم يعلن إلهام علييف موعد اللقاء.",
        "Ilham Aliyev did not announce a date for the meeting.",
        name="Ilham Aliyev",
        negation=("did not announce", "announced"),
    ),
    Pair(
        "بلغ التضخم في مصر 35.7 في المئة خلال يونيو.",
        "Inflation in Egypt reached 35.7 percent in June.",
        "35.7",
        "37.5",
        "Egypt",
    ),
    Pair("خسر المنتخب ثلاثة لاعبين بسبب الإصابة.", "The national team lost three players to injury.", "three", "eight"),
    Pair(
        "قال وزير الخارجية سيرغي لافروف إن المحادثات ستبدأ يوم 14 مارس.",
        "Foreign Minister Sergei Lavrov said the talks would begin on 14 March.",
        "14",
        "24",
        "Sergei Lavrov",
        term="Foreign Minister",
    ),
    Pair(
        "لن تشارك تركيا في القمة المقبلة.",
        "Turkey will not take part in the coming summit.",
        name="Turkey",
        negation=("will not take", "will take"),
    ),
    Pair(
        "رفعت الشركة أسعارها بنسبة 8 في المئة هذا العام.",
        "The company raised its prices by 8 percent this year.",
        "8",
        "18",
    ),
    Pair(
        "وصلت 25 شاحنة مساعدات إلى قطاع غزة صباح اليوم.",
        "This morning 25 aid trucks reached the Gaza Strip.",
        "25",
        "52",
        "Gaza",
    ),
    Pair(
        "ليس لدى الوزارة أي معلومات عن المفقودين.",
        "The ministry does not have any information about the missing.",
        negation=("does not have", "has"),
    ),
    Pair(
        "اشترى البنك المركزي ألفي سند حكومي.",
        "The central bank bought two thousand government bonds.",
        "two thousand",
        "nine hundred",
        term="central bank",
    ),
    Pair(
        "انخفض سعر النفط إلى 71.5 دولارا للبرميل في لندن.",
        "The oil price fell to 71.5 dollars a barrel in London.",
        "71.5",
        "75.1",
        "London",
    ),
    Pair(
        "زار الرئيس إيمانويل ماكرون الجزائر لمدة يومين.",
        "President Emmanuel Macron visited Algeria for two days.",
        name="Emmanuel Macron",
    ),
    Pair(
        "تضم القائمة خمسة وعشرين اسما من سبع دول.",
        "The list has twenty-five names from seven countries.",
        "twenty-five",
        "fifty-two",
    ),
    Pair(
        "لا يعرف أحد سبب انقطاع الكهرباء عن بغداد.",
        "Nobody knows why the power in Baghdad failed.",
        name="Baghdad",
        negation=("Nobody knows why the power in Baghdad failed", "Everybody knows why the power in Baghdad went off"),
    ),
    Pair("أوقفت الشرطة 17 مشتبها به في مرسيليا.", "Police detained 17 suspects in Marseille.", "17", "71", "Marseille"),
    Pair(
        "تجاوز عدد النازحين 300 ألف منذ بدء القتال.",
        "More than 300,000 people have been displaced since the fighting began.",
        "300,000",
        "3,000",
    ),
    Pair(
        "قالت أنجيلا ميركل إنها لا تؤيد العقوبات الجديدة.",
        "Angela Merkel said she does not support the new sanctions.",
        name="Angela Merkel",
        negation=("does not support", "supports"),
    ),
    Pair(
        "سجل اللاعب هدفه رقم 100 مع الفريق في مدريد.",
        "The player scored his 100th goal for the team in Madrid.",
        "100",
        "10",
        "Madrid",
    ),
    Pair("استمر الاجتماع ست ساعات من دون نتيجة.", "The meeting lasted six hours without a result.", "six", "nine"),
    Pair(
        "وافق البرلمان على الموازنة بأغلبية 210 أصوات.", "Parliament approved the budget with 210 votes.", "210", "120"
    ),
    Pair(
        "لم تصل قوات الأمم المتحدة إلى الموقع بعد.",
        "United Nations forces have not reached the site yet.",
        name="United Nations",
        negation=("have not reached the site yet", "have reached the site"),
    ),
    Pair(
        "غادر نيكول باشينيان يريفان متوجها إلى موسكو.",
        "Nikol Pashinyan left Yerevan for Moscow.",
        name="Nikol Pashinyan",
    ),
    Pair(
        "ارتفعت الحرارة في الكويت إلى 51 درجة.", "The temperature in Kuwait rose to 51 degrees.", "51", "15", "Kuwait"
    ),
    Pair("أطلق الجيش أربعين صاروخا خلال الليل.", "The army fired forty rockets during the night.", "forty", "fourteen"),
    Pair(
        "ليست هذه المرة الأولى التي تغلق فيها اليابان الميناء.",
        "It is not the first time that Japan has closed the port.",
        name="Japan",
        negation=("is not the first", "is the first"),
    ),
    Pair(
        "تبلغ قيمة الصفقة 4.2 مليار يورو وفق وكالة رويترز.",
        "The deal is worth 4.2 billion euros, according to Reuters.",
        "4.2",
        "2.4",
        "Reuters",
    ),
    Pair(
        "سقط 927 جنديا منذ اندلاع المعارك في ناغورني كاراباخ.",
        "Since fighting broke out in Nagorno-Karabakh, 927 soldiers have fallen.",
        "927",
        "279",
        "Nagorno-Karabakh",
    ),
    Pair(
        "شارك نحو مئتي متظاهر في المسيرة وسط تونس.",
        "About two hundred demonstrators joined the march in central Tunis.",
        "two hundred",
        "five hundred",
        "Tunis",
    ),
    Pair(
        "لن يسمح الاتحاد الأوروبي باستيراد هذه السلع.",
        "The European Union will not allow these goods to be imported.",
        name="European Union",
        negation=("will not allow", "will allow"),
    ),
    Pair(
        "حكمت المحكمة على المتهم بالسجن 15 عاما.",
        "The court sentenced the defendant to 15 years in prison.",
        "15",
        "50",
    ),
    Pair(
        "بدأت الهند تلقيح مليون عامل صحي.",
        "India began to vaccinate one million health workers.",
        "one million",
        "one thousand",
        "India",
    ),
    Pair(
        "قال الطبيب إن المريض لم يستجب للعلاج.",
        "The doctor said the patient did not respond to the treatment.",
        negation=("did not respond", "responded"),
    ),
    Pair(
        "احترق 3600 هكتار من الغابات في اليونان.",
        "In Greece 3,600 hectares of forest burned.",
        "3,600",
        "6,300",
        "Greece",
    ),
    Pair(
        "عاد دونالد ترامب إلى واشنطن بعد زيارة استمرت ثمانية أيام.",
        "Donald Trump returned to Washington after a visit of eight days.",
        "eight",
        "three",
        "Donald Trump",
    ),
    Pair(
        "تراجع عدد المسافرين إلى 1.250.000 مسافر.",
        "The number of travellers fell to 1,250,000.",
        "1,250,000",
        "1,520,000",
    ),
    Pair(
        "لم ينف المتحدث وقوع خسائر في صفوف حزب الله.",
        "The spokesman did not rule out losses among Hezbollah.",
        name="Hezbollah",
        negation=("did not rule out", "ruled out"),
    ),
    Pair(
        "فازت إسبانيا بأربعة أهداف مقابل هدف في النهائي.",
        "Spain won the final by four goals to one.",
        "four",
        "seven",
        "Spain",
    ),
    Pair(
        "أغلقت السلطات المعبر ٤٨ ساعة لأسباب أمنية.",
        "The authorities closed the crossing for 48 hours for security reasons.",
        "48",
        "84",
    ),
    Pair(
        "لا تملك الحكومة خطة لإعادة إعمار حلب.",
        "The government does not have a plan to rebuild Aleppo.",
        name="Aleppo",
        negation=("does not have", "has"),
    ),
    Pair(
        "نقل 60 مصابا إلى مستشفيات إسطنبول.",
        "The 60 injured were taken to hospitals in Istanbul.",
        "60",
        "16",
        "Istanbul",
    ),
    Pair(
        "يعيش في المخيم أكثر من سبعين ألف لاجئ.",
        "More than seventy thousand refugees live in the camp.",
        "seventy thousand",
        "seventeen thousand",
    ),
    Pair("أسقط الجيش طائرة مسيّرة فوق الميناء.", "The army shot down a drone over the port.", term="drone"),
    Pair(
        "دخل وقف إطلاق النار حيز التنفيذ عند منتصف الليل.", "The ceasefire took effect at midnight.", term="ceasefire"
    ),
    Pair(
        "فرضت السلطات حظر التجول في المدينة القديمة.",
        "The authorities imposed a curfew in the old city.",
        term="curfew",
    ),
    Pair(
        "أصابت غارة جوية مخزنا للحبوب في ضواحي البلدة.",
        "An airstrike hit a grain store on the outskirts of the town.",
        term="airstrike",
    ),
    Pair(
        "استقال وزير الدفاع بعد ساعات من التصويت.",
        "The defence minister resigned hours after the vote.",
        term="defence minister",
    ),
    Pair(
        "رفع البنك المركزي سعر الفائدة من جديد.",
        "The central bank raised the interest rate again.",
        term="central bank",
    ),
)

_LEFT_OVER = ("المدينة", "وقالت", "القصف", "الوزارة")


def examples() -> Iterator[Example]:
    """Yield every pair as it is, then spoilt in every way."""
    for at, pair in enumerate(PAIRS):
        yield Example(pair.ar, pair.en, "", frozenset())
        words = pair.en.split()
        if pair.number:
            yield _spoilt(pair, pair.en.replace(pair.number, "some", 1), "dropped number", "numbers")
            yield _spoilt(pair, pair.en.replace(pair.number, pair.wrong, 1), "wrong number", "numbers")
        if pair.name:
            yield _spoilt(pair, pair.en.replace(pair.name, "one of them", 1), "missing name", "names")
        if pair.term:
            yield _spoilt(pair, pair.en.replace(pair.term, "affair", 1), "missing term", "terms")
        if pair.negation[0]:
            yield _spoilt(pair, pair.en.replace(*pair.negation), "lost negation", "negation")
        yield _spoilt(pair, f"{pair.en} {' '.join(words[-3:] * 3)}", "repeated phrase", "repetition")
        yield _spoilt(pair, " ".join((*words[:2], *[words[2]] * 4, *words[3:])), "repeated word", "repetition")
        yield _spoilt(pair, " ".join(words[: max(1, len(words) // 3)]), "truncated", "length")
        left = " ".join((*words[:3], _LEFT_OVER[at % len(_LEFT_OVER)], *words[4:]))
        yield _spoilt(pair, left, "Arabic left", "arabic-left")
        yield Example(pair.ar, ("", " ", ".", "…")[at % 4], "empty", frozenset({"empty"}))


def _spoilt(pair: Pair, en: str, planted: str, fault: str) -> Example:
    """Return the example with all that is wrong in it, the planted fault and what went with it."""
    faults = {fault}
    if pair.number and pair.number not in en:
        faults.add("numbers")
    if pair.name and pair.name not in en:
        faults.add("names")
    if pair.term and pair.term not in en:
        faults.add("terms")
    if pair.negation[0] and pair.negation[0] not in en:
        faults.add("negation")
    return Example(pair.ar, en, planted, frozenset(faults))
