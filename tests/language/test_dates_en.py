"""Which stretches of an English text are dates, and what they mean."""

from __future__ import annotations

import pytest
from bracketed import bracketed, plain, value

FOUND = """
They met on [December 11, 2023] at noon and again [from December 2019 to March 2021].
It was open [Dec. 30, 2022 to Jan. 2, 2023] and then from [December 12 to 14].
The [11 December 2023] meeting was followed by one on [4 May 1919].
On [Monday, December 11, 2023], and on [Saturday, 10 June], the hall was full.
We leave [next spring], as we did [last December]; [this March] was wet.
In [early December] and in [mid-2023], at [the beginning of this year] and [the end of the month].
It was [the first week of May], [the second half of 2021] and [the last quarter of 2020].
In [the early 1980s], in [the '90s], in [the mid-1990s], all [the 1960s] and ['70s] long.
A [19th-century] house of [the early 20th century], or of [the 3rd century BC].
A style of [the 18th and 19th centuries].
Since [2008], by [2050], in [1998] and [1999], or in [2004] or [2005].
The [2016] election, Osaka's [1970] Expo and a [2014] study.
[2016] was a good year for Anna (born [1951]), as Smith ([2003]) argued.
She left [three years ago], he [a week ago], and [five years later] both came back.
It rained [the day before yesterday], [yesterday] morning, [last night] and [this morning].
[The previous year] was dry; [the following day] was not; [the year before last] was worse.
[Christmas Eve], [New Year's Day 2024], [the Spring Festival] and [the Mid-Autumn Festival] are free.
In [fiscal year 2024], in [FY2023], in [Q1 2024] and in [the third quarter of this year].
On [July 4th], [the Fourth of July], they march.
In [the nineteen-fifties], [the early nineteen-eighties], [the winter of 1937–38] and [the summer of '89].
In [early autumn 1937], [the autumn and winter of 1941], [the mid- to late 1990s]; [two thousand years ago].
In [AD 618], in [618 AD], in [221 BC], from the years [475–221 BC].
Due [2023-12-11] or [12/11/2023].
On [the 15th day of the eighth lunar month] the moon is full.
In [the 26th year of the Guangxu reign], as in [the Wanli period], it was low.
By [December of that year], [earlier this year], [late last year] and [the same period last year].
In [May] she left; in [March] it rained; [April] is cruel; the [May] election came.
Police said [Wednesday] that the road opens on [Friday].
It opens [from Monday to Friday], also [between April and June], as [from 2020 to 2022].
We wait until [the 15th], or the [1998-99] season.
He worked [2015-2016] there, once in [winter 2008] and [from March 2010 to May 2011].
It sold well in [January-March 2023] and [June/July 2020].
Signed this [11th day of December, 2023], open [5-7 March 2020], built c. [1850].
In [1989] students protested; the [2000] Sydney Olympics; since [2000] Chinese exports rose.
It grew in [the first 11 months of 2023] and in [the first decade of the 21st century].
In [September of '67] it fell, in [December 1998] it rose.
[Today]'s news and [tomorrow night]'s game.
"""

NOT_FOUND = """
May I go? March on! She will march to the shop, and he may come.
April said hello. Theresa May spoke. The march of time. An august company.
Wait a second; the second man was third in line.
Every Friday and on Sundays he reads the Sunday Times.
At 9:30 am, at 3 p.m., at 11 o'clock.
2023 people came in 2000 cases and paid 1998 dollars for 1500 metres.
Call 555-1998 or write to room 2012; see pages 1998-2003.
For three years, over the past decade, in recent years, within two weeks.
He lives on the 15th floor, under the 15th amendment.
The October Revolution. The fall of Rome, the spring of water, a summer house.
A Christmas tree for the children's party. Happy New Year!
USA Today reported it. A ratio of 3-5, version 1.2.3, address 192.168.1.1.
"""


def lines(block: str) -> list[str]:
    return block.strip().split("\n")


@pytest.mark.parametrize("marked", lines(FOUND))
def test_dates_are_found_with_their_bounds(marked: str) -> None:
    assert bracketed(plain(marked), "en") == marked


@pytest.mark.parametrize("sentence", lines(NOT_FOUND))
def test_names_verbs_durations_and_numbers_are_no_dates(sentence: str) -> None:
    assert bracketed(sentence, "en") == sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on December 11-12", "XXXX-12-11/XXXX-12-12"),
        ("December 11 and 12, 2022", "2022-12-11/2022-12-12"),
        ("May 3 and 6", "{XXXX-05-03,XXXX-05-06}"),
        ("December 30 to January 2, 2023", "2022-12-30/2023-01-02"),
        ("the 3rd of May 1951", "1951-05-03"),
        ("early 2023", "2023-01/2023-03"),
        ("the nineteen-fifties", "195X"),
        ("the early nineteen-eighties", "1980/1983"),
        ("the winter of 1937/38", "1937-24"),
        ("the summer of '89", "1989-22"),
        ("early autumn of 1937", "1937-23"),
        ("the autumn and winter of 1941", "1941-23/1941-24"),
        ("twenty-odd years ago", "P-20Y"),
        ("the end of 2019", "2019-12"),
        ("late 2019", "2019-10/2019-12"),
        ("the end of February", "XXXX-02-21/XXXX-02-28"),
        ("mid-May 2022", "2022-05-11/2022-05-20"),
        ("the first half of this year", "P0Y-01/P0Y-06"),
        ("the first eleven months of 2023", "2023-01/2023-11"),
        ("Q3 2025", "2025-07/2025-09"),
        ("the early 1980s", "1980/1983"),
        ("the '80s", "XX8X"),
        ("the 19th century", "18XX"),
        ("the 3rd century BC", "-02XX"),
        ("in 221 BC", "-0220"),
        ("summer 2008", "2008-22"),
        ("next Wednesday", "P1W-3"),
        ("on Friday", "XXXX-WXX-5"),
        ("three years ago", "P-3Y"),
        ("half a year ago", "P-6M"),
        ("a few days ago", "P-XD"),
        ("three years later", "@P3Y"),
        ("December of that year", "@P0Y-12"),
        ("the third day of the first lunar month", "lunar:XXXX-01-03"),
        ("the Spring Festival", "festival:spring"),
        ("Christmas 2022", "2022-festival:christmas"),
        ("12/11/2023", "2023-12-11"),
        ("13/11/2023", "2023-11-13"),
        ("2023-12-11T15:30:00Z", "2023-12-11T15:30:00Z"),
    ],
)
def test_values(text: str, expected: str) -> None:
    assert value(text, "en") == expected
