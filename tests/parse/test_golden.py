"""43 real feeds: one item of each as a person reads it, and counts that a plain script of lxml and patterns gave.

Nothing here was taken from what castabout said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from castabout.model.feed import Episode, ParsedFeed
from castabout.parse.feed import parse_feed
from castabout.text.html import html_to_text


@dataclass(frozen=True)
class Golden:
    #: Without ``.xml``.
    file: str
    #: Items; those that are no copies of others; of these those with date, duration, audio file, picture.
    counts: tuple[int, int, int, int, int, int]
    key: str
    title: str | None
    #: With the offset that is written.
    published: str | None
    duration: int | None
    #: Address, type and length.
    enclosure: tuple[str, str | None, int | None] | None
    #: Something that stands in the notes as text.
    notes: str | None
    image: str | None = None
    season: int | None = None
    number: float | None = None


R2 = "https://pub-fe942499398a478c8a8f432207051244.r2.dev/shows"
PSYK = "https://raw.githubusercontent.com/ennuiweb/psyk-podcast/main/shows"
OMNY = "https://traffic.omny.fm/d/clips/23f697a0-7e6a-4e96-a223-a82c00962b12/0ac23a00-78bf-49c8-b052-a98a00c58400"
GREEK = (
    "https://ellinofreneia.sealabs.net/audio/%CE%97%20%CF%81_%CF%86%20%CE%95%CE%BB%CE%BB%CE%B7%CE%BD%CE%BF%CF%86"
    "%CF%81%CE%AD%CE%BD%CE%B5%CE%B9%CE%B1%20%CF%84%CE%B7%CF%82%2022%CE%B1%CF%82%20%CE%9C%CE%B1%CF%81%CF%84%CE%AF"
    "%CE%BF%CF%85%202018"
)
COURTNEY = "http://s3.amazonaws.com/audio.makeweirdmusic.com/discover/courtney-swain/courtney-swain.mp3"

GOLDEN = (
    Golden(
        "a-course-in-the-pali-language", (1, 1, 1, 1, 1, 0), "cepod1", "Lecture 1",
        "2008-01-01T00:00:00+00:00", 3248,
        ("https://bodhimonastery.org/courses/Pali/MP3/Pali%2001%20Lesson%20I%20Lecture%201.mp3", "audio/mpeg",
         15170918), "First lecture in the series",
    ),
    Golden(
        "ai-engineering-podcast", (16, 16, 16, 16, 16, 0), "ep009-claude-code-leaked-on-explique-tout",
        "Claude Code leaked (on explique tout)", "2026-04-02T17:31:14+00:00", 2335,
        ("https://pub-4ff2e85593bd4bee9df83cd32bec10ca.r2.dev/episodes/ep009-claude-code-leaked-on-explique-tout"
         "/audio.mp3", "audio/mpeg", 56054115),
        "The leak exposed 512,000 lines of frontend code", season=1, number=9,
    ),
    Golden(
        "ai-x", (1, 1, 1, 1, 1, 0),
        "https://daily-podcast-stk.s3.us-east-005.backblazeb2.com/daily-podcast-stk-20250817_tw.mp3",
        "幫幫忙每日投資快報 - 台股（20250817_tw）", "2025-08-17T00:00:00+08:00", 169,
        ("https://daily-podcast-stk.s3.us-east-005.backblazeb2.com/daily-podcast-stk-20250817_tw.mp3", "audio/mpeg",
         1019664), "讓你在 7 分鐘內快速掌握大盤動向",
    ),
    Golden(
        "alexander-kucera", (5, 5, 5, 5, 5, 0),
        "https://alexanderkucera.com/2018/04/28/fmx-closing-thoughts.html", "4 - FMX Closing Thoughts",
        "2018-04-28T18:00:00+02:00", 205,
        ("https://alexanderkucera.com/uploads/2023/4-fmx-closing-thoughts.mp3", "audio/mpeg", 5164312),
        "Taking a look back at last week.\nDuration: 3:25",
    ),
    Golden(
        "baywatch-berlin", (1, 1, 1, 1, 1, 1), "cc973b648d6fb41e4e5ef7e4b4ee7604", "Trailer",
        "2019-11-18T19:14:32+00:00", 114,
        ("https://cdn.podigee.com/media/podcast_16544_baywatch_berlin_episode_1_trailer.mp3"
         "?v=1574079359&source=feed", "audio/mpeg", 2338520),
        "Baywatch Berlin\nBaywatch Berlin startet am 22. November.",
        "https://images.podigee-cdn.net/0x,sIupQrkLl-L2GPJE7IKzGC90ZhL3wmVuFpBuBNTf2TdQ=/https://cdn.podigee.com"
        "/uploads/u10314/6fd157b2-442d-4685-b78b-3bac68f0517f.jpg", number=1,
    ),
    Golden(
        "bio-neuropsychology", (29, 29, 29, 0, 29, 29), "1G17GkgOCYxsc7Dg5Rpch9PSJimqcxu5q",
        "[Podcast] · Grundbog Kapitel 4", "2026-07-31T08:00:00+02:00", None,
        (f"{R2}/bioneuro/W4L1/Grundbog%20Kapitel%204.mp3", "audio/mpeg", 85831477),
        "Grundbog Kapitel 4 · Forelæsning 1", f"{PSYK}/bioneuro/assets/cover.png",
    ),
    Golden(
        "china-history-podcast-docs-podcast-xml", (2, 2, 2, 2, 2, 0),
        "https://jayazheng-dotcom.github.io/china-history-podcast/audio/ep001.m4a",
        "【全盘解析】大汉限时外挂为何能一路超神？", "2026-05-31T15:25:53+08:00", 1879,
        ("https://jayazheng-dotcom.github.io/china-history-podcast/audio/ep001.m4a", "audio/mp4", 32257514),
        "系列：西汉\n时长：31分钟",
    ),
    Golden(
        "davanac", (5, 5, 5, 0, 5, 5), "https://da.van.ac/une-ferme-de-telephones-ia-financee-par-a16z-sur-tiktok/",
        'Une "ferme de téléphones IA" financée par a16z sur TikTok', "2025-12-22T12:45:50+00:00", None,
        ("https://da.van.ac/content/files/2025/12/69431232eee1f200017282a9-10.mp3", "audio/mpeg", 5035052),
        "exploite une ferme de centaines de téléphones",
        "https://images.unsplash.com/photo-1660136007317-b0d7dd3cee08?crop=entropy&cs=tinysrgb&fit=max&fm=jpg"
        "&ixid=M3wxMTc3M3wwfDF8c2VhcmNofDI1fHx0aWt0b2t8ZW58MHx8fHwxNzY2MTM4MzU2fDA&ixlib=rb-4.1.0&q=80&w=2000",
    ),
    Golden(
        "dave-winer-grateful-dead", (22, 21, 0, 0, 14, 0), "http://www.scripting.com/mp3s/darkStarWharfRat.mp3",
        None, None, None, ("http://www.scripting.com/mp3s/darkStarWharfRat.mp3", "audio/mpeg", 27503386),
        "you get Jerry as blues-guitar hero on Big Railroad Blues",
    ),
    Golden(
        "david-harvey-s-anti-capitalist-chronicle", (7, 7, 7, 7, 7, 7), "f76a6e81de1c44db847b5424f7b338de",
        "The Brazilian Elections", "2018-11-29T05:00:00+00:00", 1823,
        ("https://traffic.libsyn.com/secure/anticapitalistchronicles/acc_ep04_2018.10_pt1.mp3?dest-id=796288",
         "audio/mpeg", 72984484), "the growing alliance between Neo-liberalism and Right-Wing Populism.",
        "https://ssl-static.libsyn.com/p/assets/0/9/2/b/092b811513b710af/ACC_Logo_Final_LibsynSize.png", 1, 4,
    ),
    Golden(
        "de-grote-podcast-van-de-veire-ochtendsho", (12, 12, 12, 12, 12, 12),
        "https://chtbl.com/track/11G3D/progressive-audio.vrt.be/public/output/aud-2c43e07d-7986-4844-917a-"
        "4caae139ed85-PODCAST_1/aud-2c43e07d-7986-4844-917a-4caae139ed85-PODCAST_1.mp3",
        "De Grote Podcast Van de Veire Ochtendshow", "2021-04-02T10:00:00+00:00", 1633,
        ("https://chtbl.com/track/11G3D/progressive-audio.vrt.be/public/output/aud-2c43e07d-7986-4844-917a-"
         "4caae139ed85-PODCAST_1/aud-2c43e07d-7986-4844-917a-4caae139ed85-PODCAST_1.mp3", "audio/mpeg", 26147477),
        "Week van 29 maart",
        "https://images.vrt.be/podcast_cover/2021/04/02/f5097add-93a8-11eb-b07d-02b7b76bf47f.jpg", 1, 5,
    ),
    Golden(
        "die-nachrichtenlage-am-morgen", (2, 2, 2, 2, 2, 2), "AU-20240313-2303-4300-A", "Nachrichten",
        "2024-03-13T22:59:00+01:00", 202,
        ("https://mediandr-a.akamaihd.net/download/podcasts/podcast4450/AU-20240313-2303-4300.mp3", "audio/mpeg",
         None), "Die aktuellen Meldungen aus der NDR Info Nachrichtenredaktion.",
        "https://www.ndr.de/nachrichten/info/nachrichten660_v-quadratl.jpg",
    ),
    Golden(
        "foobar-on-narro", (1, 1, 1, 1, 1, 1), "https://www.narro.co/article/54e703933058540300000069",
        "FAQ for Narro", "2015-02-20T09:51:15+00:00", 74,
        ("https://s3.amazonaws.com/nareta-articles/audio/54d046c293f79c0300000003/7e2d2b00-a945-441a-f49b-"
         "063786a319a4.mp3", "audio/mpeg", 74),
        "read them back to you as a podcast.\nhttp://www.narro.co/faq", "http://example.com/someImage.jpg",
    ),
    Golden(
        "giant-bombcast", (730, 730, 730, 696, 730, 730), "1600-582", "Giant Bombcast 08/27/2013",
        "2013-08-27T12:37:00-08:00", 11031,
        ("https://dts.podtrac.com/redirect.mp3/www.giantbomb.com/podcasts/download/582/Giant_Bombcast_08_27_2013"
         "-08-27-2013-8452286629.mp3", "audio/mpeg", 88504197),
        "This week's podcast gets down and dirty on the real",
        "https://giantbomb1.cbsistatic.com/uploads/original/0/26/2535872-cwv9610_1xl.jpg?20191008",
    ),
    Golden(
        "gnome-podcasts-podcasts-data-tests-feeds-2018-03-2", (6, 6, 6, 6, 6, 6), f"{GREEK}.mp3",
        "Η ρ_φ Ελληνοφρένεια της 22ας Μαρτίου 2018", "2018-03-22T12:31:20+00:00", 2227,
        (f"{GREEK}.mp3", "audio/mpeg", 35607613), None, f"{GREEK}.jpg",
    ),
    Golden(
        "intercepted-with-jeremy-scahill", (47, 47, 47, 47, 47, 0), "5834b428-dcf9-11e6-a5a2-f7aca16eec6e",
        "Dumb, Dumber and Don Jr.", "2017-07-12T10:00:00+00:00", 4059,
        ("https://traffic.megaphone.fm/FL5169968320.mp3", "audio/mpeg", 61824940),
        "the shadowy mercenary company TigerSwan",
    ),
    Golden(
        "intro-vt-deep-dives-hold-1", (29, 29, 29, 0, 29, 29), "1KJSHPZB_fEIIkPQGH1e8crj5HtB6hTeY",
        "[Podcast] Week 43 · Det metapsykologiske begrebsapparat · (Uge 43 20/10 - 26/10)",
        "2024-10-24T17:00:00+02:00", None,
        (f"{R2}/intro-vt/W7%20Psychoanalysis/%5BTekst%5D%20Det%20metapsykologiske%20begrebsapparat.mp3",
         "audio/mpeg", 20193313),
        "Emne: Psychoanalysis · Semester week 43", f"{PSYK}/intro-vt/assets/cover.png?v=20241020",
    ),
    Golden(
        "jtf-news-daily-digest", (25, 25, 25, 25, 25, 0), "jtf-news-2026-02-27", "JTF News - February 27, 2026",
        "2026-02-27T06:00:00+00:00", 85,
        ("https://archive.org/download/jtf-news-2026-02-27/2026-02-27-daily-digest.mp3", "audio/mpeg", 3567427),
        "\n- A tram derailed in Milan, resulting in two deaths and dozens of injuries.\n", number=13,
    ),
    Golden(
        "kan-yiddish", (8, 8, 8, 0, 8, 0), f"{OMNY}/78e1f580-62e0-4498-a217-af5f0124f830/audio.mp3",
        "Kan Yiddish 2022-12-02", "2022-12-02T00:00:00+02:00", None,
        (f"{OMNY}/78e1f580-62e0-4498-a217-af5f0124f830/audio.mp3", "audio/mpeg", None), None,
    ),
    Golden(
        "linux-unplugged", (384, 384, 384, 384, 384, 384), "25EBD441-0C41-4C26-82D2-CA239F66C6AF",
        "Episode 192: Home Sweet Gnome | LUP 192", "2017-04-12T00:32:24-07:00", 6178,
        ("https://aphid.fireside.fm/d/1437767933/f31a453c-fa15-491f-8618-3f71f1d565e5/1717c7c3-5b8c-40dd-9a83-"
         "2e46c5525b65.mp3", "audio/mpeg", 49815215), "Linux Vendors & you!\nSupport LINUX Unplugged",
        "https://assets.fireside.fm/file/fireside-images/podcasts/images/f/f31a453c-fa15-491f-8618-3f71f1d565e5"
        "/cover.jpg?v=3",
    ),
    Golden(
        "make-weird-music-discover-new-artists-le", (66, 65, 65, 65, 65, 65),
        "http://www.makeweirdmusic.com/discover/courtney-swain/", "Discover: Courtney Swain",
        "2016-12-10T17:00:00-07:00", 2975, (COURTNEY, "audio/mpeg", 96052750), "the singer of the band Bent Knee",
        "https://cdn.jsdelivr.net/gh/MakeWeirdMusic/art@master/courtney-swain/courtney-swain.png",
    ),
    Golden(
        "make-weird-music-podcast", (66, 65, 65, 65, 65, 65), COURTNEY, "Discover: Courtney Swain",
        "2016-12-10T17:00:00-07:00", 2975, (COURTNEY, "audio/mpeg", 96052750), "out of the Boston area.",
        "https://cdn.jsdelivr.net/gh/MakeWeirdMusic/art@master/courtney-swain/courtney-swain.png",
    ),
    Golden(
        "miketokyo", (3, 3, 0, 3, 3, 3), "http://miketokyo.com/resources/sounds/20121104_podcast.mp3",
        "MikeTOKYO vol.02", None, 2679,
        ("http://miketokyo.com/resources/sounds/20121104_podcast.mp3", "audio/mpeg", 26793209),
        'most "TAKETOMIC" radio program', "http://miketokyo.com/img/common/logo_large.jpg",
    ),
    Golden(
        "new-show-with-episode-block", (1, 1, 1, 1, 1, 1), "a6f22abe-be5c-4a37-8f4b-8be3d69b0235",
        "The First Episode", "2021-01-21T18:58:00+11:00", 2367,
        ("https://example.test/test-audio.mp3", "audio/mpeg", 38068096), "The First Episode",
        "https://example.test/test-image.jpg",
    ),
    Golden(
        "nos-journaal-in-makkelijke-taal", (132, 112, 112, 112, 112, 112), "ifngRtDA3bk",
        "Kritiek op minister Faber, te weinig huisartsen in de buurt en de Zonnebloem vaart drie maanden niet",
        "2025-04-02T15:34:42+00:00", 481,
        ("https://bitbucket.org/thelifeofcarv/makkelijketaal/downloads/ifngRtDA3bk.mp3", "audio/mpeg", 7778561),
        "opsomming van de onderwerpen.\n00:36 De hele dag wordt er in de Tweede Kamer al gepraat",
        "https://i2.ytimg.com/vi/ifngRtDA3bk/hqdefault.jpg",
    ),
    Golden(
        "personal-listening-feed", (110, 110, 110, 0, 110, 110), "1LkyQh8kvzxiwjA3sJK9ZQS9kphymNOLC",
        "[Podcast] Week 51 · kap13-ud-af-tankernes-greb · (Uge 51 15/12 - 21/12)", "2025-12-19T16:29:41+00:00",
        None,
        (f"{R2}/personal/Tilbage%20til%20nutiden/kap13-ud-af-tankernes-greb.mp3", "audio/mpeg", 11730103),
        "kap13-ud-af-tankernes-greb · Semester week 51", f"{PSYK}/personal/assets/cover.png?v=darkmode-smiley",
    ),
    Golden(
        "personlighedspsykologi-dansk", (24, 24, 24, 0, 24, 24),
        "shows/personlighedspsykologi-da/W04L2/W04L2 - Laplanche, J. (1970). Liv og død i psykoanalysen "
        "(pp. 18‐38) "
        "[DA] {type=audio lang=da format=deep-dive length=long hash=3a6767b2}.mp3",
        "U4F2 · Laplanche, J. (1970). Liv og død i psykoanalysen (pp. 18‐38)", "2025-02-24T12:00:00+01:00", None,
        (f"{R2}/personlighedspsykologi-da/W04L2/W04L2%20-%20Laplanche%2C%20J.%20%281970%29.%20Liv%20og%20d%C3%B8d"
         "%20i%20psykoanalysen%20%28pp.%2018%E2%80%9038%29%20%5BDA%5D%20%7Btype%3Daudio%20lang%3Dda%20"
         "format%3Ddeep-dive%20length%3Dlong%20hash%3D3a6767b2%7D.mp3", "audio/mpeg", 43867825),
        "\nLink til teksten: https://freudd.dk/subjects/personlighedspsykologi?lecture=W04L2&preview=true\n",
        f"{PSYK}/personlighedspsykologi-en/assets/cover-new.png",
    ),
    Golden(
        "personlighedspsykologi", (168, 168, 168, 0, 168, 168), "1o_5v_JxAQOvnWuFqL3QWZ25yozVoKFys",
        "U6F1 · Spinelli (2005)", "2025-03-09T16:00:00+01:00", None,
        (f"{R2}/personlighedspsykologi-en/W06L1/W06L1%20-%20Spinelli%20%282005%29%20%5BEN%5D%20%7Btype%3Daudio%20"
         "lang%3Den%20format%3Ddeep-dive%20length%3Dlong%20hash%3Dfa9adbcf%7D.mp3", "audio/mpeg", 36382072),
        "anxiety, meaning, and freedom as basic dimensions of lived existence",
        f"{PSYK}/personlighedspsykologi-en/assets/cover-new.png",
    ),
    Golden(
        "podcasting-2-0-namespace-example", (3, 3, 3, 0, 3, 3), "https://example.com/ep0002",
        "Episode 2 - The Present", "2020-10-08T04:30:38+00:00", None,
        ("https://example.com/file-02.mp3", "audio/mpeg", 43113000), "What are the current challenges?",
        "https://example.com/ep0002/artMd.jpg", 1, 2,
    ),
    Golden(
        "qu-tech-cuentas-podcast-de-carlos-azaust", (5, 5, 5, 0, 0, 5),
        "https://carlosazaustre.es/podcast/quetechcuentas-03",
        "Ciberseguridad e Inteligencia Artificial con Chema Alonso | ¿Qué TECH Cuentas? Ep. 3",
        "2023-11-29T00:00:00+00:00", None, None, "retos en ciberseguridad, inteligencia artificial, hacking ético",
        "https://img.youtube.com/vi/kmwbOCGbmBs/maxresdefault.jpg", number=3,
    ),
    Golden(
        "shar7-kitab-al-sunna-kirmany-podcast-rss", (49, 49, 49, 49, 49, 0), "01_20200318_20200318_1549-ep25",
        "شرح كتاب السنة للكرماني 25", "2020-04-11T12:00:00+00:00", 3600,
        ("https://archive.org/download/01_20200318_20200318_1549/%D8%B4%D8%B1%D8%AD%20%D9%83%D8%AA%D8%A7%D8%A8%20"
         "%D8%A7%D9%84%D8%B3%D9%86%D8%A9%20%D9%84%D9%84%D9%83%D8%B1%D9%85%D8%A7%D9%86%D9%8A%2025.mp3",
         "audio/mpeg", 66584576), "الحلقة 25 من شرح السنة للكرماني", number=25,
    ),
    Golden(
        "site-codetimecn-com-podcast-rss", (36, 36, 36, 36, 36, 0), "http://codetimecn.com/episodes/prolog",
        "Prolog - 王四哥达家码", "2016-08-26T00:00:00+00:00", 2935,

               ("http://media.blubrry.com/codetimecn/cdn5.lizhi.fm/audio/http://jt.ximalaya.com/wKgJJle_SDOiFChWAWqD5JUygZI"
         "793.m4a?channel=rss&album_id=4867505&track_id=20497935&uid=51547393&jt=http://audio.xmcdn.com/group19/M03"
         "/BC/0F/wKgJJle_SDOiFChWAWqD5JUygZI793.m4a.mp3", "audio/mpeg", None),
        "对Prolog的理解。 See show notes link for resources.",
    ),
    Golden(
        "socialpsykologi-deep-dives-hold-1", (45, 45, 45, 0, 45, 45), "1aJiNiW-s_53cYI11hMoUONq00KOTVO9H",
        "[Podcast] Week 44 · Markova - La dissidence d’un seul - 2019 · (Uge 44 27/10 - 02/11)",
        "2024-10-28T12:00:00+01:00", None,

               (f"{R2}/social-psychology/W8%20The%20psychology%20of%20social%20change%20-%20Crowds%2C%20Minority%20Influence"
         "%20and%20Social%20Representations/%5BTekst%5D%20Markova%20-%20La%20dissidence%20d%E2%80%99un%20seul%20-"
         "%202019.mp3", "audio/mpeg", 18437362),
        "minority influence and social representations", f"{PSYK}/social-psychology/assets/cover.png?v=20241020",
    ),
    Golden(
        "sries-i-cinema", (50, 50, 50, 50, 50, 0), "https://audios.ccma.cat/multimedia/mp3/5/9/1640964331595.mp3",
        "Concerts, per començar l'any", "2022-01-02T13:00:00+01:00", 3303,
        ("https://audios.ccma.cat/multimedia/mp3/5/9/1640964331595.mp3", "audio/mpeg", 28086735),
        "la protagonista de la pel·lícula és una obra musical concreta",
    ),
    Golden(
        "street-fight-radio", (500, 500, 500, 500, 500, 500), "tag:soundcloud,2010:tracks/873685060",
        "Fuck 12 & American Airlines", "2020-08-11T00:34:54+00:00", 11991,
        ("https://feeds.soundcloud.com/stream/873685060-streetfightwcrs-fuck-12-american-airlines.mp3",
         "audio/mpeg", 287808711), "Taking calls in the basement yall...\n// People Are Out There Doing It //",
        "https://i1.sndcdn.com/artworks-Q6edz7cICEZHzrPu-NK2bzg-t3000x3000.jpg",
    ),
    Golden(
        "tal-and-aviad", (911, 911, 0, 0, 911, 0),
        "https://a99.mediacast.co.il/99fm/mediafiles/haboker_full_190421.mp3", "haboker_full_190421.mp3", None,
        None,
        ("https://a99.mediacast.co.il/99fm/mediafiles/haboker_full_190421.mp3", "audio/mpeg", None), None,
    ),
    Golden(
        "taverncast-happy-hour-in-your-head-since", (131, 131, 131, 131, 131, 0),
        "http://futurenet.vo.llnwd.net/o2/taverncast/taverncast-2007-03-21.mp3",
        "Taverncast Special: Lost Shows of 2007 - Part 2", "2008-03-21T01:30:00+00:00", 502,
        ("http://www.podtrac.com/pts/redirect.mp3?http://dl.affiliates.futureus.com/taverncast/"
         "taverncast-2008-03-21.mp3", "audio/mpeg", 6030624), "This time - Bryce experiences an earthquake",
    ),
    Golden(
        "the-deprogram", (385, 385, 385, 385, 385, 385),
        "gid://art19-episode-locator/V0/Cq8dG4LKMOmz9rzDiDjPOIIdqVbKWjU9PNrxJlx0gsU",
        "Sneak Peak: Bonus Episode 22 - War Criminal Extravaganza", "2023-09-21T04:16:22-05:00", 624,
        ("https://www.buzzsprout.com/1890340/episodes/13804607-sneak-peak-bonus-episode-22-war-criminal-"
         "extravaganza.mp3", "audio/mpeg", 7546458),
        "https://www.patreon.com/TheDeprogram\nSee Privacy Policy at https://art19.com/privacy and California",
        "https://storage.buzzsprout.com/icdaq4uriclslsitzn8ay7zn3ef5?.jpg",
    ),
    Golden(
        "the-geek-whisperers", (50, 50, 50, 50, 50, 0), "/?p=1413",
        "Evaluating the Performance Evaluation with Srinivas Krishnamurti Ep 115", "2016-07-21T21:18:13+00:00",
        2100,
        ("http://media.blubrry.com/geek_whisperers/geek-whisperers.com/wp-content/uploads/2016/07/115_SK.mp3",
         "audio/mpeg", 25215311), "what might come next.\nSrinivas is the co-founder and CEO of Zugata",
    ),
    Golden(
        "the-linux-admin-show", (2, 2, 2, 2, 2, 0), "http://linuxadminshow.com/2012/09/13/episode-1",
        "Episode 1 - Network and systems management", "2012-09-13T19:24:00-05:00", 2562,
        ("http://linuxadminshow.com/audio/episode_1.mp3", "audio/mpeg", 20500607),
        "The Show\nThis week I talked to Aaron Paxson, a seasoned IT professional.",
    ),
    Golden(
        "the-monkey-nights-podcast", (1, 1, 1, 1, 1, 0),
        "https://monkeynights.github.io/pilot/2017/09/17/pilot.html", "Programa Piloto",
        "2017-09-17T11:16:02-03:00", 1433,
        ("https://mkncast.blob.core.windows.net/piloto/Piloto.mp3", "audio/mpeg", 34100),
        "lançamos hoje o piloto do podcast da Monkey Nights..",
    ),
    Golden(
        "the-tip-off", (14, 14, 14, 14, 14, 14), "tag:soundcloud,2010:tracks/332988171", "Ep.6 Caught offside?",
        "2017-07-13T07:44:20+00:00", 2651,
        ("https://media.acast.com/thetipoff/ep.6-caught-offside/media.mp3", "audio/mpeg", 82073824),
        "\nhttp://www.telegraph.co.uk/football-for-sale/\nHosted and produced: Maeve McClenaghan\n",
        "https://imagecdn.acast.com/image?h=1500&w=1500&source=https%3A%2F%2Fmediacdn.acast.com%2Fsource%2F"
        "945dc34f-f4e6-4921-830a-df050e540722%2Fdb22e275-5348-44f8-a975-e2ae773910cf%2F3419a5d8-7ad2-41fb-bc03-"
        "861b4b7dd0b4%2Fartworks-000233400257-9pzv50-original.jpg",
    ),
    Golden(
        "tiers-lieux-edu", (1, 1, 1, 1, 1, 0), "tledunews201911+12", "Newsletter d'Octobre-Novembre 2019",
        "2019-12-08T17:00:00+00:00", 599,
        ("http://www.tierslieuxedu.org/podcast/2019-11%2B12-podcast-tledu.mp3", "audio/mpeg", 8766449),
        "L'actualité d'octobre et novembre : Educatec-Educatice, MakerFaire",
    ),
)  # fmt: skip


def read(shared_data: Path, golden: Golden) -> ParsedFeed:
    return parse_feed((shared_data / "feeds" / f"{golden.file}.xml").read_bytes())


def found(parsed: ParsedFeed, key: str) -> Episode:
    (episode,) = (episode for episode in parsed.episodes if episode.key == key)
    return episode


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.file)
def test_one_item_as_a_person_reads_it(shared_data: Path, golden: Golden) -> None:
    episode = found(read(shared_data, golden), golden.key)
    assert episode.title == golden.title
    published = golden.published and datetime.fromisoformat(golden.published)
    assert episode.published == published
    assert (episode.published and episode.published.utcoffset()) == (published and published.utcoffset())
    assert episode.duration == golden.duration
    enclosures = [(enclosure.url, enclosure.type, enclosure.length) for enclosure in episode.enclosures]
    assert enclosures == ([golden.enclosure] if golden.enclosure else [])
    assert (episode.notes is None) == (golden.notes is None)
    assert (golden.notes or "") in html_to_text(episode.notes or "")
    assert (episode.image, episode.season, episode.number) == (golden.image, golden.season, golden.number)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.file)
def test_nothing_is_lost(shared_data: Path, golden: Golden) -> None:
    parsed = read(shared_data, golden)
    episodes = parsed.episodes
    assert golden.counts == (
        len(episodes) + sum(problem.lost_item for problem in parsed.problems),
        len(episodes),
        sum(episode.published is not None for episode in episodes),
        sum(episode.duration is not None for episode in episodes),
        sum(episode.enclosures != () for episode in episodes),
        sum(episode.image is not None for episode in episodes),
    )


def test_all_of_them(shared_data: Path) -> None:
    files = {file.stem for file in (shared_data / "feeds").glob("*.xml")}
    assert files == {golden.file for golden in GOLDEN}
    assert sum(golden.counts[0] for golden in GOLDEN) == 4_086
