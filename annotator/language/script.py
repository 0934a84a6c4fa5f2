"""Which language a line is written in, and which Chinese characters a text uses."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from annotator.core.resources import resource

_HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:[’'][A-Za-z]+)*")
_OTHER_LETTER = re.compile(
    r"[^\W\d_A-Za-z\u00c0-\u024f\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)

# Characters that are written in one of the two ways only; pairs stand at the same place.
_SIMPLIFIED = (
    "们这个来国时说会为对发经过还进动长门问间关开无见现实应样学当将从与业东两严乐习书买乱争亚产亲亿仅"
    "价众优传伤伟伪体债儿兴养兽军农冯决况减凤击划刘则刚创剂剧劝办务劳势华协单卖卢卫厅历压县双变号"
    "听启员响园围圆图圣场坏块坚坛执扩扬报担择换据损摆断旧显术机权条杨极构标桥检楼欢"
    "汉汤没泽济测涨湾满灭灯灵点热爱犹独环电画疗监盖盘码确础礼离种积称稳签简粮红级约纪纯线"
    "织终组细结统继续维绿缓编罗罚职联胜脑舆艰节苏药获虑虽补规视览觉观计认讨让训议记讲许论设访证评"
    "识词译试诗话询该详语误请读课谁调谈谋谢负责败货质贫购贵贸费资赛赢赵跃车转轮软轻载较辆输"
    "达迁运远违连迟适选遗邓邮郑针钟钱铁银错键镇闭闻队阳阶际陆陈险随难雾静须顶项顺顾预领频题颜风飞"
    "饭馆马驱验骂鱼鲁鲜鸟鸡齐龄龙"
    "总岁爷妈妇孙宁宝审宫宾寻导帅师帐带帮库庙废庄归录忆忧怀态怜恋恶悬惊惧惯愤愿懒战户扑抚抢抛拥挂挥捡携摄敌旷昼晓暂杀杂枪柜树梦椭横欧歼残殴毁毕气沟泪泼洁浅浓涛润涌渐湿温灾炉烂烛烟烦烧牵牺状狮狱猎"
    "猫献玛珑疯痒盐盗睁矫砖祸秃穷窃笔笼筑粪纤纸纷练绅绍绕绝绣绩绳绸缘缝缠罢羡聂聪肃肠肤肾肿胀胆脏脚脱脸腊舰苍荐荣荡莲萨葱蓝虏虫蚀蚁蚂蛮蝇衬袄裤触誉讯讽诊诚诞诸诺谊谎谓谜谣谦贝贞贡财贤贪贯贱贴贺贼"
    "赌赏赐赔赖赚趋践轰轿辈辉辑辞辩边辽迈逊递遥邻酱释钓钢钥铃铜铺锁锅锋锐锦闪闯闲闹闷阁阅阔陕隐顽颂顿颗额颤饥饮饰饱饿驶驾驻骄骑骗鸣鸭鸿鹅鹰黄齿龟尽层岛峡币帜庆弃张弯弹彻径拟拨挡挤掷撑晋潜獭蒋谨赶"
    "踪躯颇馈馒驰驴骆骤鲸韩韦头颈飘丧丽举义乌乔亏仓仪侠侣侦侧侨俭倾偿党兰冈册写冻净凉剑励劲匀区医厉厌厦吓呜呕咏哑唤啸喷嘱团坟坠垄垒墙壮声壶处备够夹夺奋奖妆妩娄娱婴宪尔尘尝尧届属屡岂岭崭"
)
_TRADITIONAL = (
    "們這個來國時說會為對發經過還進動長門問間關開無見現實應樣學當將從與業東兩嚴樂習書買亂爭亞產親億僅"
    "價眾優傳傷偉偽體債兒興養獸軍農馮決況減鳳擊劃劉則剛創劑劇勸辦務勞勢華協單賣盧衛廳歷壓縣雙變號"
    "聽啟員響園圍圓圖聖場壞塊堅壇執擴揚報擔擇換據損擺斷舊顯術機權條楊極構標橋檢樓歡"
    "漢湯沒澤濟測漲灣滿滅燈靈點熱愛猶獨環電畫療監蓋盤碼確礎禮離種積稱穩簽簡糧紅級約紀純線"
    "織終組細結統繼續維綠緩編羅罰職聯勝腦輿艱節蘇藥獲慮雖補規視覽覺觀計認討讓訓議記講許論設訪證評"
    "識詞譯試詩話詢該詳語誤請讀課誰調談謀謝負責敗貨質貧購貴貿費資賽贏趙躍車轉輪軟輕載較輛輸"
    "達遷運遠違連遲適選遺鄧郵鄭針鐘錢鐵銀錯鍵鎮閉聞隊陽階際陸陳險隨難霧靜須頂項順顧預領頻題顏風飛"
    "飯館馬驅驗罵魚魯鮮鳥雞齊齡龍"
    "總歲爺媽婦孫寧寶審宮賓尋導帥師帳帶幫庫廟廢莊歸錄憶憂懷態憐戀惡懸驚懼慣憤願懶戰戶撲撫搶拋擁掛揮撿攜攝敵曠晝曉暫殺雜槍櫃樹夢橢橫歐殲殘毆毀畢氣溝淚潑潔淺濃濤潤湧漸濕溫災爐爛燭煙煩燒牽犧狀獅獄獵"
    "貓獻瑪瓏瘋癢鹽盜睜矯磚禍禿窮竊筆籠築糞纖紙紛練紳紹繞絕繡績繩綢緣縫纏罷羨聶聰肅腸膚腎腫脹膽髒腳脫臉臘艦蒼薦榮蕩蓮薩蔥藍虜蟲蝕蟻螞蠻蠅襯襖褲觸譽訊諷診誠誕諸諾誼謊謂謎謠謙貝貞貢財賢貪貫賤貼賀賊"
    "賭賞賜賠賴賺趨踐轟轎輩輝輯辭辯邊遼邁遜遞遙鄰醬釋釣鋼鑰鈴銅鋪鎖鍋鋒銳錦閃闖閒鬧悶閣閱闊陝隱頑頌頓顆額顫飢飲飾飽餓駛駕駐驕騎騙鳴鴨鴻鵝鷹黃齒龜盡層島峽幣幟慶棄張彎彈徹徑擬撥擋擠擲撐晉潛獺蔣謹趕"
    "蹤軀頗饋饅馳驢駱驟鯨韓韋頭頸飄喪麗舉義烏喬虧倉儀俠侶偵側僑儉傾償黨蘭岡冊寫凍淨涼劍勵勁勻區醫厲厭廈嚇嗚嘔詠啞喚嘯噴囑團墳墜壟壘牆壯聲壺處備夠夾奪奮獎妝嫵婁娛嬰憲爾塵嘗堯屆屬屢豈嶺嶄"
)
# Written so in both scripts, and simplified in some words alone, if the text is traditional otherwise.
_IN_SOME_WORDS = re.compile(
    "乾(?![隆坤陵元清嘉])|彷(?=佛)|瞭(?=[解然])|(?<=明)瞭|藉(?=[口由此助著])|(?<=憑)藉|(?<=[答回反])覆"
    "|(?<![名顯顕显原專专鉅巨論论譯译卓昭編编合所遺遗土執])著(?![名作稱称述錄录者書书有])"
)
_SIMPLER = {"乾": "干", "彷": "仿", "瞭": "了", "藉": "借", "覆": "复", "著": "着"}
_LETTERS_READ = 20_000


def classify(line: str) -> Literal["zh", "en", "other"]:
    """The language of one line; a gloss or a name in the other language does not matter.

    A Latin word weighs as much as the two Chinese characters that it would take. Lines with no letters, and
    those chiefly in another script, are "other".
    """
    han = len(_HAN.findall(line))
    latin = len(_LATIN_WORD.findall(line))
    other = len(_KANA_OR_HANGUL.findall(line)) or len(_OTHER_LETTER.findall(line))
    if other > han + latin:
        return "other"
    if han == 0 and latin == 0:
        return "other"
    return "zh" if han >= 2 * latin or (han > latin + 2 and han * 3 >= latin * 4) else "en"


def chinese_variant(text: str) -> Literal["zh-Hans", "zh-Hant"]:
    """Which characters prevail in the head of `text`; simplified if none tells."""
    head = text[:_LETTERS_READ]
    simplified = sum(head.count(char) for char in _SIMPLIFIED)
    traditional = sum(head.count(char) for char in _TRADITIONAL + "裡裏麼妳")
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def simplified(text: str) -> str:
    """`text` with its traditional characters simplified one by one; the length stays."""
    if _only_traditional().isdisjoint(text):
        return text
    folded = text.translate(_to_simplified())
    return _IN_SOME_WORDS.sub(lambda found: _SIMPLER[found[0]], folded)


def traditional_of(characters: str) -> str:
    """The traditional characters that stand for one of these simplified ones."""
    wanted = set(characters)
    return "".join(chr(code) for code, simple in _to_simplified().items() if simple in wanted)


@cache
def _only_traditional() -> frozenset[str]:
    return frozenset(chr(code) for code, simple in _to_simplified().items() if simple != chr(code))


@cache
def _to_simplified() -> dict[int, str]:
    pairs = resource("script", "traditional.txt").read_text(encoding="utf-8").split()
    return {ord(pair[0]): pair[1] for pair in pairs}
