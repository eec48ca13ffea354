"""Letters that are not Latin are seen, whatever language they write; all that is Latin is not."""

from __future__ import annotations

import pytest

from bot.nlu.scripts import in_other_script


@pytest.mark.parametrize(
    "text",
    [
        "هل ما زال بإمكاني المشاركة؟",
        "متى كان الموعد النهائي 31 أكتوبر؟",
        "מתי היה המועד האחרון?",
        "когда был последний день?",
        "Коли закінчився прийом заявок",
        "ποια ήταν η προθεσμία;",
        "截止日期是什么时候",
        "締め切りはいつですか",
        "마감일이 언제였나요?",
        "आखिरी तारीख क्या थी",
        "да",
        "cyber4sme когда был последний день подачи заявок?",
    ],
)
def test_text_in_another_script(text: str) -> None:
    """Arabic, Hebrew, Russian, Ukrainian, Greek, Chinese, Japanese, Korean, Hindi, a short one."""
    assert in_other_script(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tot wanneer kon men indienen?",
        "Était-ce prévu à Liège, cœur de la région ?",
        "Şirketimiz başvurabilir mi",
        "Công ty chúng tôi có thể tham gia không",
        "Onze zaakvoerder heet Иван, mag hij meedoen?",
        "ｗａｔ　ｉｓ　ｄｅ　ｄｅａｄｌｉｎｅ",
        "𝐰𝐚𝐧𝐧𝐞𝐞𝐫 𝐰𝐚𝐬 𝐝𝐞 𝐝𝐞𝐚𝐝𝐥𝐢𝐧𝐞",
        "π",
        "49 %",
        "👍",
        "",
    ],
)
def test_latin_text_or_no_text(text: str) -> None:
    """Also with one foreign name in it, in fancy letters, or a single Greek sign."""
    assert not in_other_script(text)
