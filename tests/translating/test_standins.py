"""Names that a package loses are translated by way of names that it knows."""

from __future__ import annotations

import pytest

from digest.arabic.names import bundled_names
from digest.translating.engine import Engine
from digest.translating.packages import BUNDLED, read_package
from digest.translating.standins import StandIns, stand_ins
from digest.translating.translator import Translator

NAMES = bundled_names()


def test_a_lost_name_is_replaced_and_put_back() -> None:
    found = stand_ins("وصل الوفد إلى أربيل أمس.", "The delegation arrived yesterday.", NAMES)
    assert found == StandIns("وصل الوفد إلى باريس أمس.", (("Paris", "Erbil"),))
    assert found.put_back("The delegation arrived in Paris yesterday.") == "The delegation arrived in Erbil yesterday."


@pytest.mark.parametrize("english", ["It arrived.", "Paris, Paris!", "The Parisian arrived."])
def test_english_without_the_stand_in_or_with_several_is_not_used(english: str) -> None:
    assert StandIns("", (("Paris", "Erbil"),)).put_back(english) is None


@pytest.mark.parametrize(
    ("ar", "replaced"),
    [
        ("قصفوا وبأربيل جرحى", "قصفوا وبباريس جرحى"),
        ("الدعم للسعودية مستمر", "الدعم لباريس مستمر"),
        ("التقى بريغوجين في أربيل", "التقى أوباما في باريس"),
    ],
)
def test_clitics_stay_and_the_article_goes(ar: str, replaced: str) -> None:
    found = stand_ins(ar, "nothing of it", NAMES)
    assert found is not None
    assert found.text == replaced


@pytest.mark.parametrize(
    ("ar", "replaced", "wanted"),
    [
        ("الطيران الأذربيجاني", "الطيران الفرنسي", "Azerbaijani"),
        ("ووزارة الدفاع الأرمينية", "ووزارة الدفاع الفرنسية", "Armenian"),
        ("قال للأرمينيين", "قال للفرنسيين", "Armenian"),
    ],
)
def test_adjectives_are_replaced_in_the_same_inflection(ar: str, replaced: str, wanted: str) -> None:
    assert stand_ins(ar, "nothing of it", NAMES) == StandIns(replaced, (("French", wanted),))


def test_names_that_are_there_and_stand_ins_of_the_text_itself_stay() -> None:
    assert stand_ins("وصل إلى أربيل", "He arrived in Erbil", NAMES) is None
    found = stand_ins("من باريس إلى أربيل", "from Paris", NAMES)
    assert found is not None
    assert found.text == "من باريس إلى لندن"


def test_where_one_of_several_mentions_is_lost_all_are_replaced() -> None:
    found = stand_ins("المقرات الأرمينية والقوات الأرمينية", "Armenian headquarters and Ramadine forces", NAMES)
    assert found is not None
    assert found.english == (("French", "Armenian"), ("German", "Armenian"))
    assert found.put_back("German headquarters and French forces") == "Armenian headquarters and Armenian forces"


def test_for_a_lost_weapon_another_spelling_in_the_same_form_stands_in() -> None:
    found = stand_ins("هجوم بالطائرات المسيّرة على أربيل", "A march plane attack on Erbil", NAMES)
    assert found == StandIns("هجوم بالطائرات بدون طيار على أربيل", ())
    assert found.put_back("A drone attack on Erbil") == "A drone attack on Erbil"


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("هجوم بالطائرات المسيّرة", "An attack by drones"),  # not lost
        ("عثر على قذيفة هاون في الحقل", "A thing was found in the field"),  # no other word for it
        ("استقال رئيس الحكومة", "The head resigned"),  # no weapon: "president of the ministers" is not quite the same
    ],
)
def test_what_is_not_lost_and_what_has_no_other_spelling_stays(ar: str, en: str) -> None:
    assert stand_ins(ar, en, NAMES) is None


def test_every_name_beyond_the_stand_ins_of_its_kind_stays() -> None:
    found = stand_ins("أربيل والموصل والرقة وحلب", "four towns", NAMES)
    assert found is not None
    assert len(found.english) == 3
    assert found.text.startswith("أربيل")


def test_the_bundled_package_gets_a_weapon_right_by_another_spelling() -> None:
    (done,) = Translator(Engine(read_package(BUNDLED), 1)).translate(["أسقط الجيش طائرة مسيّرة فوق الميناء."])
    assert "drone" in done.en
    assert done.doubts == ()


def test_the_bundled_package_gets_a_name_right_by_its_stand_in() -> None:
    engine = Engine(read_package(BUNDLED), 1)
    text = "وكانت موسكو صريحة في تأييده وحرصت أكثر من مرة على استعراض قوتها البحرية في طرطوس."
    (done,) = Translator(engine).translate([text])
    assert "Tartus" in done.en
    assert done.doubts == ()
