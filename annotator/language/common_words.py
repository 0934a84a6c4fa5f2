"""A few hundred everyday words, places and organisations in both languages, for aligning sentences.

One entry a line, English forms before the bar and Chinese ones behind; not a dictionary: only words that are
frequent, and translated by one another most of the time.
"""

from __future__ import annotations

_ENTRIES = """
i me my mine myself | 我 俺 咱
we us our ours ourselves | 我们 咱们 我們 咱們
you your yours yourself | 你 您 妳
he him his himself | 他
she her hers herself | 她
it its itself | 它
they them their theirs themselves | 他们 她们 它们 他們 她們
who whom whose | 谁 誰
what | 什么 甚么 什麼 啥
why | 为什么 为何 為什麼 干吗 为啥
where | 哪里 哪儿 何处 哪裡 那里
when | 时候 時候 之时 的时
how | 怎么 怎样 如何 怎麼 多么
not don didn doesn isn wasn aren won couldn wouldn | 不 没 未 別 别 沒
no never nothing nobody none | 没有 从不 从未 绝不 毫无 沒有 从来
if | 如果 假如 要是 若 倘若 假若
because since reason | 因为 由于 因為 由於 原因
but however yet though although | 但 可是 然而 不过 却 虽然 雖然 不過
and also too | 也 和 与 及 以及 并
all every everyone everything whole entire | 都 所有 一切 全 每 大家
only just merely | 只 仅 才 就
again once | 又 再
already | 已经 已 已經
before ago earlier | 以前 之前 前
after later then | 后来 以后 之后 然后 後來 随后
now | 现在 如今 此刻 現在 目前
today | 今天 今日 今儿
tomorrow | 明天 明日 明儿
yesterday | 昨天 昨日 昨儿
year years | 年 岁
month months | 月
day days | 日 天
night evening tonight | 晚 夜
morning dawn | 早上 早晨 清晨 上午 早 晨
afternoon | 下午
noon | 中午 午
hour hours o clock | 点钟 小时 小時
minute minutes | 分钟 分鐘
moment | 一会 片刻 一下
time times | 时 次
first | 第一 首先 最初
second | 第二 其次
last final finally | 最后 终于 最後 終於
one | 一
two both couple pair | 两 二 双 兩
three | 三
four | 四
five | 五
six | 六
seven | 七
eight | 八
nine | 九
ten | 十
hundred hundreds | 百
thousand thousands | 千
million ten | 万
half | 半
many much lot several | 许多 很多 多 几
few little bit | 少 点儿 一点
more | 更 多
most | 最
big large great huge | 大
small tiny | 小
old elder older aged | 老
young | 年轻 年輕 少年
new | 新
good well fine | 好
bad wrong | 坏 错
long | 长 長
high tall | 高
low | 低
red crimson scarlet | 红 紅
white | 白
black dark | 黑
green | 绿 青 綠
blue | 蓝 藍
yellow golden | 黄 黃
gold | 金
silver | 银 銀
beautiful pretty handsome lovely | 美 漂亮 好看
ugly | 丑
rich wealthy | 富 有钱
poor | 穷 贫
cold | 冷 寒
hot warm | 热 暖 熱
happy pleased glad delighted | 高兴 开心 喜 快乐
sad sorrow grief | 伤心 悲
angry anger furious | 怒 生气 恼
afraid fear feared scared frightened terrified | 怕 吓 恐 惧
love loved loves | 爱 愛
laugh laughed laughing smile smiled smiling grin grinned | 笑
cry cried weep wept tears sobbed | 哭 泪 淚
say said says saying tell told replied | 说 道 說
ask asked asking question | 问 問
answer answered replied reply | 答 回答
think thought thinking | 想
know knew known knows | 知道 晓得 認識 认识
see saw seen look looked looking watch watched | 看 见 瞧 見 望
hear heard listen listened sound | 听 聽 声
speak spoke speaking talk talked word words | 话 話 讲 谈
call called name named names | 叫 名 称 唤
come came coming arrived arrive | 来 到 來
go went gone going leave left | 去 走 离开
return returned back | 回 返
enter entered inside | 进 里 進
sit sat seated sitting | 坐
stand stood standing | 站 立
walk walked walking | 走
run ran running | 跑
eat ate eaten eating food meal | 吃 饭 食
drink drank drinking | 喝 饮
sleep slept asleep | 睡
dream dreamed dreams | 梦 夢
die died dead death dying | 死 亡
kill killed killing | 杀 殺
live lived life living alive | 活 生
give gave given | 给 給
take took taken | 拿 取 带
buy bought | 买 買
sell sold | 卖 賣
open opened | 开 打开 開
close closed shut | 关 闭
hit beat struck slap slapped punch | 打
fight fought fighting | 打 斗 战
read reading | 读 看书 念
write wrote written writing | 写 寫
book books | 书 書 本
letter letters | 信
door gate | 门 門
window windows | 窗
room rooms | 屋 房 室
house home family | 家
bed | 床 炕
table desk | 桌
chair | 椅
sedan | 轿
car bus vehicle drove drive truck | 车 車
road street path way lane | 路 街 道
mountain mountains hill hills | 山
river water | 水 河
sea ocean | 海
sky heaven heavens | 天
earth ground land | 地
sun sunlight | 太阳 日头 阳光
moon moonlight | 月亮 月光
star stars | 星
wind | 风 風
rain | 雨
snow | 雪
fire flame | 火
tree trees | 树 樹
flower flowers blossoms | 花
grass | 草
horse horses | 马 馬
dog dogs | 狗
cat cats | 猫
bird birds | 鸟
fish | 鱼
chicken hen | 鸡
pig pigs | 猪
cow ox cattle | 牛
fly flies | 苍蝇 飞
wine liquor alcohol | 酒
tea | 茶
money cash taels tael dollars yuan | 钱 银 元 銀 錢
work worked working job | 工作 活 干
man men | 男人 人 汉子
woman women | 女人 妇
people person human someone | 人
child children kid boy boys | 孩 儿子
girl girls | 姑娘 女孩 丫头
son sons | 儿子 子
daughter daughters | 女儿 闺女
father dad papa | 父 爹 爸
mother mum mom mama | 母 娘 妈
grandfather granddad grandpa | 爷爷 祖父 外祖父
grandmother grandma granny grannie | 奶奶 祖母 姥姥 老老 外祖母
brother brothers | 兄 弟 哥
sister sisters | 姐 妹
husband | 丈夫 男人
wife | 妻 老婆 媳妇 太太
uncle | 叔 舅 伯
aunt auntie | 姑 姨 婶
cousin | 表哥 表 堂
friend friends friendship | 朋友 友
doctor dr | 医生 大夫 博士
teacher teachers | 老师
student students | 学生
soldier soldiers army military troops | 兵 军
king emperor majesty | 王 皇上 皇帝 陛下
lady mistress madam | 太太 夫人 奶奶
master lord sir | 爷 主
eunuch | 公公 太监
monk monks | 和尚
thief robber bandit bandits | 贼 匪 劫
captain leader team chief | 队长 队
village villagers | 村
city town | 城 市
school | 学校
hospital | 医院
studio | 片厂
film movie camera movies | 电影 片 镜头
head | 头 頭
face faces | 脸 面
eye eyes | 眼
ear ears | 耳
nose | 鼻
mouth lips | 嘴 唇 口
hand hands | 手
arm arms | 臂 胳膊
finger fingers | 指
foot feet | 脚
leg legs | 腿
body | 身 体
heart | 心
blood | 血
bone bones | 骨
hair | 发 头发
clothes clothing dress | 衣
shoes shoe boots | 鞋 靴
trousers pants | 裤
hat cap | 帽
cloth silk | 布 绸
knife sword | 刀 剑
gun pistol | 枪
phone telephone | 电话
light lights lamp | 灯 光
voice shout shouted | 声 喊
matter thing things business affair | 事 东西
meaning mean means | 意思
problem issue issues | 问题 議題 议题 問題
way | 办法 法
maybe perhaps | 也许 或许 可能
must should have | 必须 应该 要 必
can could able | 能 可以 会
want wanted wish hope | 想 要 希望
like as | 像 似 如
same equally alike | 同 一样
suddenly sudden | 忽 突然
quickly quick fast hurry | 快 急
slowly slow | 慢
always | 总 总是 老是
sometimes | 有时
often | 常
together | 一起
quite very extremely so | 很 非常 十分 极
really truly true real | 真
universe cosmos | 宇宙
background radiation | 辐射 背景
satellite satellites | 卫星
data | 数据
science scientific scientist scientists | 科学
world | 世界
country nation national state | 国
government | 政府
president | 总统 主席 總統
minister ministry | 部长 部 大臣
premier | 总理
secretary | 国务卿 秘书 书记
assistant deputy vice | 助理 副
director | 主任 导演 局长
senior | 高级
foreign | 外交 外国 对外
diplomacy diplomatic | 外交
committee commission | 委员会
council | 理事会 委员会 安理会
congress | 大会 国会
party | 党
policy policies | 政策
economy economic economics | 经济 經濟
trade | 贸易
market markets | 市场
company companies corporation firm | 公司
bank | 银行
price prices | 价
percent percentage | 百分 %
growth grew increase increased rose | 增 升 涨
decline fell decrease dropped | 降 跌 减
development develop | 发展
cooperation cooperate | 合作
competition compete | 竞争
conflict conflicts | 冲突
security | 安全
war | 战争
peace peaceful | 和平
climate | 气候
health | 健康 卫生
global | 全球
international | 国际
regional region area | 地区
bilateral | 双边
relationship relations relation | 关系
interests interest | 利益
values value | 价值
rules rule | 规则
order | 秩序
communication channels | 沟通
talks meeting meetings met discussions discussed consultations | 会谈 会晤 讨论 磋商 会议
visit visited | 访问
citizens citizen | 公民
importance important | 重要
responsible responsibly responsibility | 负责 责任
emphasized stressed emphasised | 强调
views exchanged | 意见 看法
candid frank | 坦诚
substantive | 实质
threat threats threatened | 威胁
aggression invasion invaded | 入侵 侵略
stability stable | 稳定
food | 粮食 食品
challenges challenge | 挑战
allies ally alliance | 盟友
partners partner | 伙伴
coordinate coordination | 协调
china chinese prc | 中国 中华人民共和国 中國
america american americans u.s states us | 美国 美
britain british uk england english | 英国 英
japan japanese | 日本 日
korea korean | 韩 朝鲜
dprk | 朝鲜民主主义人民共和国 朝鲜
russia russian | 俄罗斯 俄
ukraine ukrainian | 乌克兰
france french paris | 法国 巴黎
germany german berlin | 德国 柏林
europe european eu | 欧洲 欧盟
india indian | 印度
taiwan | 台湾 臺灣
hong kong | 香港
macau macao | 澳门
tibet tibetan | 西藏
xinjiang | 新疆
beijing peking | 北京
shanghai | 上海
langfang | 廊坊
tokyo | 东京
seoul | 首尔
bali | 巴厘
washington | 华盛顿
london | 伦敦
moscow | 莫斯科
york | 纽约
asia asian | 亚洲 亚太
pacific | 太平洋
africa african | 非洲
australia australian | 澳大利亚 澳洲
canada canadian | 加拿大
italy italian | 意大利
spain spanish | 西班牙
brazil | 巴西
iran iranian | 伊朗
iraq | 伊拉克
israel israeli | 以色列
vietnam vietnamese | 越南
singapore | 新加坡
philippines | 菲律宾
thailand thai | 泰国
indonesia indonesian | 印尼 印度尼西亚
un nations | 联合国
nato | 北约
wto | 世贸
biden | 拜登
xi jinping | 习近平
blinken | 布林肯
trump | 特朗普
peninsula | 半岛
republic | 共和国
monday | 星期一 周一
tuesday | 星期二 周二
wednesday | 星期三 周三
thursday | 星期四 周四
friday | 星期五 周五
saturday | 星期六 周六
sunday | 星期日 周日 星期天
spring | 春
summer | 夏
autumn fall | 秋
winter | 冬
east eastern | 东
west western | 西
south southern | 南
north northern northeast | 北
"""

TABLE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (tuple(english.split()), tuple(chinese.split()))
    for english, _, chinese in (line.partition("|") for line in _ENTRIES.strip().splitlines())
)
