"""Third hand: the shapes of well-known public tables. Nobody stands in them, so no field may be called personal (but where one does).

Shapes only: headers as published, values invented by rule.
"""

from messy import values as v
from messy.frame import CODE, Case, as_csv, as_json, as_parquet
from messy.makers import seq
from messy.tables import case

CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"
PLACES = (
    "San Jose",
    "Santa Maria",
    "Victoria",
    "Charlotte",
    "Jackson",
    "St. Louis",
    "Florence",
    "Paris",
    "Georgetown",
    "Alexandria",
    "Madison",
    "Lincoln",
    "Sydney",
    "Wellington",
    "Isla Martín García",
)


@case(150)
def iris(c: Case) -> None:
    for name, low, high in (
        ("sepal_length", 4.3, 7.9),
        ("sepal_width", 2.0, 4.4),
        ("petal_length", 1.0, 6.9),
        ("petal_width", 0.1, 2.5),
    ):
        c.add(name, lambda r, low=low, high=high: f"{r.uniform(low, high):.1f}", "number")
    c.add("species", ["setosa", "versicolor", "virginica"], WORD)


@case(200)
def titanic(c: Case) -> None:
    c.add("PassengerId", seq(200), "number|order_no|customer_no", p=None)
    c.add("Survived", ["0", "1"], "boolean|number|category")
    c.add("Pclass", ["1", "2", "3"], NUM)
    c.add(
        "Name",
        lambda r: (
            f"{r.choice(v.FAMILY).title()}, {r.choice(('Mr.', 'Mrs.', 'Miss.', 'Master.'))} {r.choice(v.FIRST).title()} {r.choice(v.FIRST).title()}"
        ),
        "name_latin",
        p=True,
    )
    c.add("Sex", ["male", "female"], "gender", p=True)
    c.add("Age", lambda r: r.choice((str(r.randint(1, 80)), f"{r.randint(1, 60)}.5", "")), "age", p=True)
    c.add("SibSp", lambda r: str(r.randint(0, 5)), NUM, p=False)
    c.add("Ticket", lambda r: r.choice(("A/5 ", "PC ", "")) + v.num(r, 5, "123"), CODES + "|pnr", p=None)
    c.add("Fare", lambda r: f"{r.uniform(5, 300):.4f}", "number", p=False)
    c.add(
        "Cabin",
        lambda r: r.choice(("", f"{r.choice('ABCDE')}{r.randint(1, 130)}")),
        WORD + "|order_no",
        p=False,
    )
    c.add("Embarked", ["S", "C", "Q"], WORD, p=False)
    c.count = False


@case(120)
def taxi_zones(c: Case) -> None:
    c.add("LocationID", seq(120), "number|order_no")
    c.add("Borough", ["Manhattan", "Queens", "Bronx", "EWR", "Staten Island"], WORD)
    c.add(
        "Zone",
        [
            "Newark Airport",
            "Jamaica Bay",
            "Allerton/Pelham Gardens",
            "Alphabet City",
            "Arden Heights",
            "Astoria Park",
            "Lenox Hill West",
            "Murray Hill",
            "Stuy Town/Peter Cooper Village",
        ],
        WORD,
    )
    c.add("service_zone", ["EWR", "Boro Zone", "Yellow Zone"], WORD)


@case(200)
def taxi_trips(c: Case) -> None:
    c.add("VendorID", ["1", "2"], NUM + "|boolean")
    c.add("tpep_pickup_datetime", v.moment, "datetime")
    c.add("passenger_count", lambda r: str(r.randint(1, 6)), NUM)
    c.add("trip_distance", lambda r: f"{r.uniform(0.3, 22):.2f}", "number|vehicle_speed")
    c.add("PULocationID", lambda r: str(r.randint(1, 263)), "number")
    c.add("store_and_fwd_flag", ["N", "Y"], WORD + "|boolean")
    c.add("payment_type", ["1", "2", "3"], NUM)
    c.add("fare_amount", lambda r: f"{r.uniform(3, 80):.1f}", "number")
    c.add("tip_amount", lambda r: f"{r.uniform(0, 12):.2f}", "number")
    c.suffix, c.writer = ".parquet", as_parquet


@case(150)
def airports(c: Case) -> None:
    c.add("id", seq(150, "{}", 6523), "number|order_no")
    c.add(
        "ident",
        lambda r: r.choice("KEZLR") + "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3)),
        CODES + "|call_sign",
    )
    c.add("type", ["small_airport", "heliport", "closed", "medium_airport"], WORD)
    c.add(
        "name",
        lambda r: (
            f"{r.choice(PLACES)} {r.choice(('Airport', 'Heliport', 'Airfield', 'International Airport'))}"
        ),
        WORD,
    )
    c.add("latitude_deg", lambda r: f"{r.uniform(-60, 70):.6f}", "latitude")
    c.add("longitude_deg", lambda r: f"{r.uniform(-170, 170):.6f}", "longitude")
    c.add("elevation_ft", lambda r: str(r.randint(-10, 9000)), "number")
    c.add("continent", ["NA", "EU", "AS"], WORD, p=False)
    c.add("iso_country", ["US", "FR", "CN", "BR"], "country")
    c.add("iso_region", ["US-CA", "FR-IDF", "CN-31", "BR-SP"], WORD + "|order_no")
    c.add("municipality", list(PLACES), WORD)
    c.add("scheduled_service", ["yes", "no"], "boolean|category")
    c.add(
        "gps_code",
        lambda r: "K" + "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3)),
        CODES + "|call_sign",
    )
    c.add("iata_code", lambda r: "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3)), WORD + "|order_no")
    c.add("home_link", lambda r: f"https://www.airport{v.num(r, 3)}.example.com/", "url", p=False)


@case(80)
def country_codes(c: Case) -> None:
    names = (
        ("Germany", "DE", "DEU", "276", "EUR", "49"),
        ("Japan", "JP", "JPN", "392", "JPY", "81"),
        ("Chad", "TD", "TCD", "148", "XAF", "235"),
        ("Jordan", "JO", "JOR", "400", "JOD", "962"),
        ("Georgia", "GE", "GEO", "268", "GEL", "995"),
        ("China", "CN", "CHN", "156", "CNY", "86"),
    )
    rows = [names[i % 6] for i in range(80)]
    for i, (h, label) in enumerate(
        (
            ("official_name_en", "country|category|text"),
            ("ISO3166-1-Alpha-2", "country"),
            ("ISO3166-1-Alpha-3", "country"),
            ("ISO3166-1-numeric", "country|number|category|text"),
            ("ISO4217-currency_alphabetic_code", "currency"),
            ("Dial", "number|category"),
        )
    ):
        c.add(h, tuple(row[i] for row in rows), label)
    c.add("Capital", ["Berlin", "Tokyo", "Amman", "Tbilisi", "Beijing"], WORD)
    c.add("TLD", [".de", ".jp", ".cn"], WORD)


@case(150)
def gtfs_stops(c: Case) -> None:
    c.add("stop_id", seq(150, "S{}"), CODES)
    c.add("stop_code", seq(150, "{}", 10021), "number|order_no")
    c.add(
        "stop_name",
        lambda r: (
            f"{r.choice(('King', 'Queen', 'Church', 'Wilson', 'Martin Luther King'))} St at {r.choice(('Oak', 'Elm', 'James'))} Ave"
        ),
        WORD + "|address_latin|address_text",
        p=False,
    )
    c.add("stop_lat", lambda r: f"{r.uniform(43.5, 43.9):.6f}", "latitude")
    c.add("stop_lon", lambda r: f"{r.uniform(-79.6, -79.1):.6f}", "longitude")
    c.add("location_type", ["0", "1"], NUM + "|boolean")
    c.add("wheelchair_boarding", ["0", "1", "2"], NUM, p=False)
    c.add(
        "stop_url", lambda r: f"http://transit.example.org/stop/{v.num(r, 5)}", "url|advertising_url", p=False
    )


@case(60)
def gtfs_routes(c: Case) -> None:
    c.add("route_id", seq(60, "R{:03d}"), CODES)
    c.add("agency_id", ["TTC", "GO"], WORD)
    c.add("route_short_name", lambda r: str(r.randint(1, 999)), NUM + "|order_no")
    c.add("route_long_name", ["Yonge-University", "Bloor - Danforth", "Jane Express", "Victoria Park"], WORD)
    c.add("route_type", ["1", "3"], NUM)
    c.add("route_color", lambda r: v.hexes(r, 6).upper(), CODES + "|hash")


@case(90)
def indicators(c: Case) -> None:
    c.add(
        "Country Name",
        ["Angola", "Chile", "Jordan", "Norway", "Sub-Saharan Africa", "Euro area"],
        "country|category|text",
    )
    c.add("Country Code", ["AGO", "CHL", "JOR", "NOR", "SSF", "EMU"], "country|category|text")
    c.add(
        "Indicator Name",
        [
            "GDP per capita (current US$)",
            "Life expectancy at birth, female (years)",
            "Mobile cellular subscriptions",
            "Population ages 0-14",
        ],
        WORD,
    )
    c.add("Indicator Code", ["NY.GDP.PCAP.CD", "SP.DYN.LE00.FE.IN", "IT.CEL.SETS"], WORD + "|order_no")
    for year in range(2010, 2024):
        c.add(str(year), lambda r: f"{r.uniform(1, 90000):.5f}", "number")
    c.writer = as_csv(
        encoding="utf-8-sig",
        before=('"Data Source","World Development Indicators",', "", '"Last Updated Date","2026-07-01",', ""),
    )


@case(200)
def earthquakes(c: Case) -> None:
    c.add("time", lambda r: v.date(r) + "T04:11:22.360Z", "datetime")
    c.add("latitude", lambda r: f"{r.uniform(-60, 65):.4f}", "latitude", p=False)
    c.add("longitude", lambda r: f"{r.uniform(-179, 179):.4f}", "longitude", p=False)
    c.add("depth", lambda r: f"{r.uniform(1, 600):.2f}", "number")
    c.add("mag", lambda r: f"{r.uniform(2, 7):.1f}", "number")
    c.add("magType", ["mb", "mww", "ml"], WORD)
    c.add("nst", lambda r: str(r.randint(4, 200)), "number")
    c.add("net", ["us", "ak", "ci"], WORD + "|country", p=False)
    c.add("id", lambda r: "us7000" + "".join(r.choices("abcdefghijk0123456789", k=4)), CODES)
    c.add(
        "place",
        lambda r: (
            f"{r.randint(5, 200)} km {r.choice(('NNE', 'SW', 'ESE'))} of {r.choice(PLACES)}, {r.choice(('Chile', 'Alaska', 'Papua New Guinea'))}"
        ),
        "text|category|address_text|address_latin",
        p=False,
    )
    c.add("type", ["earthquake", "quarry blast"], WORD)


@case(60)
def elements(c: Case) -> None:
    c.add("AtomicNumber", seq(60), "number|order_no")
    c.add("Element", ["Hydrogen", "Helium", "Lithium", "Einsteinium", "Curium", "Copernicium", "Iron"], WORD)
    c.add("Symbol", ["H", "He", "Li", "Es", "Cm", "Fe"], WORD)
    c.add("AtomicMass", lambda r: f"{r.uniform(1, 290):.3f}", "number")
    c.add("Phase", ["gas", "solid", "liq"], WORD)
    c.add(
        "Discoverer",
        ["Cavendish", "Davy", "Curie", "Berzelius", "Scheele and Priestley"],
        "name_latin|name_part|category|text",
        p=None,
    )
    c.add("Year", lambda r: str(r.randint(1766, 2010)), "number|date|category")
    c.add("SpecificHeat", lambda r: f"{r.uniform(0.1, 14):.3f}", "number")


@case(150)
def football(c: Case) -> None:
    clubs = [
        "Arsenal",
        "Chelsea",
        "Aston Villa",
        "Nott'm Forest",
        "West Ham",
        "Real Madrid",
        "St Pauli",
        "Man United",
    ]
    c.add("Div", ["E0", "E1"], WORD)
    c.add("Date", lambda r: v.date(r, "%d/%m/%y"), DATE, p=False)
    c.add("Time", ["12:30", "15:00", "20:00"], "time_of_day|category|text|datetime")
    c.add("HomeTeam", clubs, WORD, p=False)
    c.add("AwayTeam", clubs, WORD, p=False)
    c.add("FTHG", lambda r: str(r.randint(0, 6)), NUM)
    c.add("FTR", ["H", "D", "A"], WORD)
    c.add("Referee", ["M Oliver", "A Taylor", "S Attwell", "C Kavanagh", "P Tierney"], "name_latin", p=True)
    c.add("B365H", lambda r: f"{r.uniform(1.1, 9):.2f}", "number")
    c.count = False


@case(200)
def ohlc(c: Case) -> None:
    c.add("symbol", ["AAPL", "MSFT", "BABA", "JD"], WORD + "|securities_code")
    c.add("date", v.date, DATE)
    for h in ("open", "high", "low", "close", "adj close"):
        c.add(h, lambda r: f"{r.uniform(70, 140):.6f}", "number", p=False)
    c.add("volume", lambda r: str(r.randint(10**6, 10**8)), "number|order_no")


@case(150)
def ghcn_stations(c: Case) -> None:
    c.add("STATION", lambda r: f"USW000{v.num(r, 5)}", CODES + "|weather_station")
    c.add("DATE", v.date, DATE)
    c.add("LATITUDE", lambda r: f"{r.uniform(25, 49):.5f}", "latitude")
    c.add("LONGITUDE", lambda r: f"{r.uniform(-124, -68):.5f}", "longitude")
    c.add("ELEVATION", lambda r: f"{r.uniform(0, 3000):.1f}", "number")
    c.add("NAME", lambda r: f"{r.choice(PLACES).upper()} INTL AIRPORT, {r.choice(('CA', 'TX'))} US", WORD)
    c.add("PRCP", lambda r: f"{r.uniform(0, 3):.2f}", "weather_value|number")
    c.add("TMAX", lambda r: str(r.randint(-10, 110)), "weather_value|number")


@case(200)
def gazetteer(c: Case) -> None:
    c.add("geonameid", seq(200, "{}", 3038814), "number|order_no|imo_number", p=False)
    c.add("name", [*PLACES, "Li Jia", "Wang Zhuang", "El Tarter", "Roc de Port Dret"], WORD, p=False)
    c.add("asciiname", list(PLACES), WORD, p=False)
    c.add("alternatenames", lambda r: ",".join(r.sample(PLACES, 3)), "text|category", p=False)
    c.add("latitude", lambda r: f"{r.uniform(20, 50):.5f}", "latitude")
    c.add("longitude", lambda r: f"{r.uniform(75, 130):.5f}", "longitude")
    c.add("feature class", ["P", "T", "H"], WORD)
    c.add("feature code", ["PPL", "PK", "STM"], WORD)
    c.add("country code", ["CN", "AD"], "country")
    c.add("population", lambda r: str(r.randint(0, 10**6)), "number")
    c.add("timezone", ["Asia/Shanghai", "Europe/Andorra"], WORD)
    c.add("modification date", v.date, DATE, p=False)
    c.suffix, c.writer = ".txt", as_csv(delimiter="\t")


@case(150)
def film_titles(c: Case) -> None:
    c.add("tconst", seq(150, "tt{:07d}", 12349), CODES)
    c.add("titleType", ["movie", "short", "tvSeries"], WORD)
    c.add(
        "primaryTitle",
        [
            "Miss Jerry",
            "The Godfather",
            "Annie Hall",
            "Forrest Gump",
            "Good Will Hunting",
            "John Wick",
            "Carmencita",
        ],
        WORD,
        p=False,
    )
    c.add("isAdult", ["0", "1"], "boolean|number|category", p=False)
    c.add("startYear", lambda r: str(r.randint(1894, 2025)), "number|date|category", p=False)
    c.add("runtimeMinutes", lambda r: str(r.randint(1, 240)), "number", p=False)
    c.add("genres", ["Comedy,Short", "Drama,Romance", "Documentary"], WORD, p=False)
    c.add("averageRating", lambda r: f"{r.uniform(2, 9):.1f}", "number", p=False)


@case(150)
def packages_npm(c: Case) -> None:
    c.add("name", ["lodash", "react", "@babel/core", "chalk", "left-pad", "express", "vue"], WORD, p=False)
    c.add("version", lambda r: f"{r.randint(0, 18)}.{r.randint(0, 30)}.{r.randint(0, 12)}", "version")
    c.add(
        "integrity",
        lambda r: "sha512-" + "".join(r.choices("ABCDEFabcdef0123456789+/", k=86)) + "==",
        "hash|text|order_no",
        p=False,
    )
    c.add("license", ["MIT", "ISC", "Apache-2.0"], WORD, p=False)
    c.add(
        "repository", lambda r: f"git+https://github.example.com/a/{v.hexes(r, 5)}.git", "url|text", p=False
    )
    c.add("weeklyDownloads", lambda r: str(r.randint(10, 10**8)), "number", p=False)
    c.suffix, c.writer = ".json", as_json


@case(120)
def postal_codes(c: Case) -> None:
    c.add("zip", lambda r: v.num(r, 5), "postcode_intl|number")
    c.add("primary_city", list(PLACES), WORD, p=False)
    c.add("state", ["CA", "TX", "NY", "IN"], WORD + "|country|province", p=False)
    c.add("county", ["Los Angeles County", "Jackson County", "Martin County"], WORD, p=False)
    c.add("area_codes", ["213,310", "713", "212"], NUM + "|text", p=False)
    c.add("irs_estimated_population", lambda r: str(r.randint(0, 90000)), "number", p=False)


@case(120)
def species(c: Case) -> None:
    c.add("taxonID", seq(120, "{}", 2435098), "number|order_no", p=False)
    c.add(
        "scientificName",
        [
            "Panthera leo",
            "Felis catus",
            "Quercus robur",
            "Larix decidua",
            "Victoria amazonica",
            "Camellia sinensis",
        ],
        WORD,
        p=False,
    )
    c.add(
        "scientificNameAuthorship",
        ["(Linnaeus, 1758)", "Mill.", "L.", "Lindl."],
        WORD + "|name_latin",
        p=None,
    )
    c.add("family", ["Felidae", "Fagaceae", "Pinaceae"], WORD, p=False)
    c.add("genus", ["Panthera", "Quercus", "Larix"], WORD, p=False)
    c.add("vernacularName", ["Lion", "Oak", "European larch", "Tea"], WORD, p=False)
    c.add("taxonRank", ["species", "genus"], WORD, p=False)
    c.add("eventDate", v.date, DATE, p=False)


@case(120)
def stars(c: Case) -> None:
    c.add("hip", seq(120, "{}", 1), "number|order_no", p=False)
    c.add("proper", ["Sirius", "Vega", "Barnard's Star", "Rigil Kentaurus", "Betelgeuse", ""], WORD, p=False)
    c.add("ra", lambda r: f"{r.uniform(0, 24):.6f}", "number", p=False)
    c.add("dec", lambda r: f"{r.uniform(-90, 90):.6f}", "number|latitude", p=False)
    c.add("mag", lambda r: f"{r.uniform(-1, 12):.2f}", "number", p=False)
    c.add("spect", ["G2V", "K0III", "M1", "A0m..."], WORD + "|order_no", p=False)
    c.add("ci", lambda r: f"{r.uniform(-0.3, 1.9):.3f}", "number", p=False)


@case(120)
def monuments_cn(c: Case) -> None:
    """Chinese open data: scenic spots, whose names may look like people's."""
    c.add(
        "景区名称",
        ["玉龙雪山", "黄鹤楼公园", "张家界国家森林公园", "白帝城", "高昌故城", "马嵬驿"],
        WORD,
        p=False,
    )
    c.add("等级", ["AAAAA", "AAAA"], WORD, p=False)
    c.add(
        "所在地",
        ["云南省丽江市", "湖北省武汉市", "湖南省张家界市"],
        "address_text|address_cn|category|text|province",
        p=False,
    )
    c.add("行政区划", ["530721", "420106", "430802"], "area_code")
    c.add("门票", ["100", "70", "免费"], NUM + "|text", p=False)
    c.add("咨询电话", lambda r: "0888-" + v.num(r, 7, "58"), "landline_cn", p=None)
    c.count = False


@case(120)
def bus_lines_cn(c: Case) -> None:
    c.add("线路名称", ["浦东11路", "申港1路", "1077路", "龙惠专线"], WORD, p=False)
    c.add("站点名称", ["临港大道", "王家宅", "张江路", "马陆", "石龙路", "高青路"], WORD, p=False)
    c.add("站序", lambda r: str(r.randint(1, 40)), NUM, p=False)
    c.add("经度", lambda r: f"{r.uniform(121.3, 121.9):.6f}", "longitude", p=False)
    c.add("纬度", lambda r: f"{r.uniform(30.9, 31.3):.6f}", "latitude", p=False)
    c.add("首班", ["05:30", "06:00"], "time_of_day|category|text", p=False)
    c.writer = as_csv(encoding="gb18030")


@case(120)
def products_cn(c: Case) -> None:
    c.add("商品编码", seq(120, "{}", 690100), "number|order_no|area_code|hs_code", p=False)
    c.add(
        "商品名称",
        ["康师傅红烧牛肉面", "王老吉凉茶", "老干妈豆豉", "张小泉剪刀", "李锦记蚝油", "马应龙痔疮膏"],
        WORD + "|cargo_name",
        p=False,
    )
    c.add("品牌", ["王老吉", "老干妈", "张小泉", "李锦记", "马应龙", "陈克明"], WORD, p=False)
    c.add("规格", ["500g", "310ml*24", "1.5L"], WORD, p=False)
    c.add("颜色", ["白色", "黄色", "金色", "高级灰"], WORD, p=False)
    c.add("售价", v.money, "number", p=False)
    c.add("产地", ["中国", "日本", "德国"], "country|category|text", p=False)
