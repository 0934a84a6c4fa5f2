"""Lines that belong to neither side of a bilingual text: links, credits, page numbers and the like."""

from __future__ import annotations

import re

_LONGEST = 120

# Every pattern must fit the whole line, and they are kept narrow: a sentence of the text that happens to
# speak of codes, shares or editors must stay in it.
_ALTERNATIVES: dict[str, tuple[str, ...]] = {
    "url": (
        r"(?:[\w\s（(]{0,12}[:：]\s*)?(?:https?://|www\.)\S+",
        r"<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?",
    ),
    "page": (
        r"\W*\d{1,4}\W*",
        r"[-–—\s]*第\s*[\d一二三四五六七八九十百]+\s*[页頁].{0,10}",
        r"page\s+\d+(?:\s*(?:of|/)\s*\d+)?",
        r"\d+\s*/\s*\d+",
    ),
    "qr": (
        r".{0,20}(?:扫码|扫一扫|掃碼|掃一掃).{0,40}",
        r".{0,20}(?:扫描|長按|长按|识别|識別).{0,8}(?:二维码|二維碼|识别).{0,30}",
        r".{0,20}scan (?:the|this) qr.{0,40}",
    ),
    "share": (
        r".{0,16}(?:关注|關注).{0,10}(?:公众号|公眾號|微信号|微信號).{0,12}",
        r"(?:分享|转发|轉發)(?:到|至|给|給|：|:)[^。]{0,30}",
        r"[^。，]{0,6}(?:点赞|點贊|在看|收藏|打印本页|字号|字體)[^。，]{0,12}",
        r"(?:点击|點擊)[^。]{0,12}(?:阅读|閱讀|查看|关注|關注|下载|原文|链接|蓝字)[^。]{0,20}",
        r".{0,4}(?:阅读|閱讀)原文.{0,8}",
        r"(?:相关|推荐|延伸|相關|推薦)(?:阅读|閱讀|文章|新闻|链接)[^。]{0,40}",
        r"(?:上|下)一篇[^。]{0,50}",
        r"share (?:this|on|via)\b[^.]{0,60}",
        r"(?:follow|like|find) us\b[^.]{0,60}",
        r"(?:subscribe|sign up|log ?in|click here|read more|see also)\b[^.]{0,60}",
        r"related (?:articles?|posts?|topics|stories|content)\b[^.]{0,60}",
        r"(?:print|email) this\b[^.]{0,60}",
        r"(?:skip to|back to top|tags?:|filed under)[^.]{0,60}",
        r"(?:facebook|twitter|linkedin|whatsapp|email|print|reddit|copy link|weibo|wechat|[\s|/·,])+",
    ),
    "credit": (
        r"[(（【\[]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核|監製|监制|排版)\s*[:：/|｜].{0,70}",
        r"[(（【\[]?\s*(?:供图|图源|图片来源|来源|來源|文章来源|信息来源|原标题|原標題)\s*[:：/|｜].{0,70}",
        r"[(（【\[]?\s*(?:本文(?:来自|转自|來自)|转载自)\s*[:：]?.{0,40}",
        r"[(\[]?\s*(?:source|editor|edited by|image credit|photo(?: credit)?|original title)\s*[:|].{0,70}",
    ),
    "copyright": (
        r".{0,30}(?:版权所有|版權所有|未经(?:授权|许可|允许)|禁止转载|转载请|京icp).{0,80}",
        r".{0,30}(?:all rights reserved|©|\(c\)\s*\d{4}|copyright (?:©|\d{4}|by)).{0,80}",
    ),
    "advertisement": (r"广告|廣告|advertisement|sponsored(?: content)?",),
}
_PATTERNS = {
    reason: re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)
    for reason, alternatives in _ALTERNATIVES.items()
}


def boilerplate(line: str) -> str:
    """Why `line` belongs to neither side, as a catalog key; empty if it may well be text."""
    bare = line.strip()
    if not bare or len(bare) > _LONGEST:
        return ""
    for reason, pattern in _PATTERNS.items():
        if pattern.fullmatch(bare):
            return f"language.aside.{reason}"
    return ""
