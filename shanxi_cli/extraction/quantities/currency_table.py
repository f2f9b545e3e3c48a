"""Currencies of newspaper text: ISO 4217 codes their names, signs and hundredths, and the names that countries share.

Sources: ISO 4217 (list one, 2024, and list three for those that are no more), and the abbreviations that newspapers of
each country print before an amount.
"""

CURRENCY_TABLE: tuple[tuple[str, str, str], ...] = (
    # code, names after the number, signs and codes before it
    ("CNY", "yuan|renminbi|rmb|yuan renminbi", "¥ ￥ RMB CNY RMB¥ CN¥"),
    (
        "USD",
        "us dollar|us dollars|dollar|dollars|dlr|dlrs|us dlr|us dlrs|greenbacks|american dollars|united states dollars",
        "$ US$ USD USD$",
    ),
    ("EUR", "euro|euros", "€ EUR"),
    ("GBP", "pounds sterling|pound sterling|british pound|british pounds|sterling|stg", "£ GBP UK£"),
    ("JPY", "yen|japanese yen", "JPY JP¥"),
    ("KRW", "south korean won|korean won|won", "₩ KRW"),
    ("HKD", "hong kong dollar|hong kong dollars|hk dollars|hk dlrs|hong kong dlrs", "HK$ HKD"),
    ("TWD", "new taiwan dollar|new taiwan dollars|taiwan dlrs|taiwan dollars|taiwanese dollars", "NT$ TWD NTD"),
    ("MOP", "pataca|patacas", "MOP"),
    ("SGD", "singapore dollar|singapore dollars|singaporean dollars|singapore dlrs", "S$ SGD"),
    ("AUD", "australian dollar|australian dollars|aus dollars|aussie dollars|australian dlrs", "A$ AU$ AUD"),
    ("CAD", "canadian dollar|canadian dollars|canadian dlr|canadian dlrs", "C$ CA$ CAD"),
    ("NZD", "new zealand dollar|new zealand dollars|new zealand dlrs|n z dlrs|kiwi dollars", "NZ$ NZD"),
    ("CHF", "swiss franc|swiss francs", "CHF"),
    ("RUB", "ruble|rubles|rouble|roubles|russian rubles", "₽ RUB"),
    ("INR", "rupee|rupees|indian rupees", "₹ Rs INR"),
    ("IDR", "rupiah|rupiahs", "Rp IDR"),
    ("THB", "baht", "฿ THB"),
    ("MYR", "ringgit|ringgits", "RM MYR"),
    ("VND", "dong", "₫ VND"),
    ("KZT", "tenge", "KZT"),
    ("MNT", "tugrik|tugriks", "MNT"),
    ("BRL", "brazilian real|brazilian reais|reais", "R$ BRL"),
    ("ZAR", "rand|south african rand", "ZAR"),
    ("TRY", "turkish lira|turkish liras|lira", "TRY"),
    ("AED", "uae dirhams|dirham|dirhams", "Dh Dhs AED"),
    ("SAR", "saudi riyal|saudi riyals|riyal|riyals", "SAR"),
    ("SEK", "swedish kronor|swedish krona|kronor", "SEK"),
    ("NOK", "norwegian kroner|norwegian krone", "NOK"),
    ("DKK", "danish kroner|danish krone", "DKK"),
    ("PLN", "zloty|zlotys|zlotych", "PLN"),
    ("MXN", "mexican pesos|mexican peso", "MXN"),
    ("PHP", "philippine pesos|philippine peso", "₱ PHP Php"),
    ("NGN", "naira|nairas", "₦ NGN"),
    ("KES", "kenyan shilling|kenyan shillings", "KSh Ksh KSH KShs Kshs KSHS KES"),
    ("UGX", "ugandan shilling|ugandan shillings", "USh Ush UShs Ushs UGX"),
    ("TZS", "tanzanian shilling|tanzanian shillings", "TSh Tsh TShs Tshs TZS"),
    ("GHS", "cedi|cedis|ghanaian cedis", "GH₵ GH¢ GHS GHC"),
    ("ZMW", "kwacha|zambian kwacha", "ZMW"),
    ("BWP", "pula", "BWP"),
    ("EGP", "egyptian pound|egyptian pounds", "EGP LE"),
    ("LBP", "lebanese pound|lebanese pounds", "LBP"),
    ("SYP", "syrian pound|syrian pounds", "SYP"),
    ("IEP", "irish pound|irish pounds|punts", "IR£"),
    ("PKR", "pakistani rupee|pakistani rupees|pakistan rupees", "PKR"),
    ("LKR", "sri lankan rupee|sri lankan rupees|lankan rupees", "LKR SLRs"),
    ("NPR", "nepalese rupee|nepalese rupees|nepali rupees|nepal rupees", "NPR NRs"),
    ("MUR", "mauritian rupee|mauritian rupees", "MUR"),
    ("BDT", "taka|takas|bangladeshi taka", "Tk BDT"),
    ("JMD", "jamaican dollar|jamaican dollars", "J$ JMD"),
    ("FJD", "fijian dollar|fijian dollars|fiji dollars", "F$ FJ$ FJD"),
    ("BBD", "barbadian dollars|barbados dollars", "Bds$ BBD"),
    ("TTD", "trinidad dollars|trinidadian dollars", "TT$ TTD"),
    ("BSD", "bahamian dollars", "BSD"),
    ("BND", "brunei dollars|bruneian dollars", "B$ BND"),
    ("NAD", "namibian dollars|namibia dollars", "N$ NAD"),
    ("ZWL", "zimbabwean dollars|zimbabwe dollars", "Z$ ZWL ZWD"),
    ("LRD", "liberian dollars", "LRD"),
    ("ARS", "argentine peso|argentine pesos|argentinian pesos", "ARS"),
    ("CLP", "chilean peso|chilean pesos", "CLP"),
    ("COP", "colombian peso|colombian pesos", "COP"),
    ("PEN", "peruvian soles|peruvian sol", "S/ PEN"),
    ("VES", "bolivars|venezuelan bolivars", "VES"),
    ("ILS", "shekel|shekels", "₪ NIS ILS"),
    ("IRR", "iranian rial|iranian rials", "IRR"),
    ("OMR", "omani rial|omani rials", "OMR"),
    ("QAR", "qatari riyal|qatari riyals", "QAR QR"),
    ("YER", "yemeni rial|yemeni rials", "YER"),
    ("KWD", "kuwaiti dinar|kuwaiti dinars", "KWD"),
    ("BHD", "bahraini dinar|bahraini dinars", "BHD"),
    ("JOD", "jordanian dinar|jordanian dinars", "JOD"),
    ("IQD", "iraqi dinar|iraqi dinars", "IQD"),
    ("TND", "tunisian dinar|tunisian dinars", "TND"),
    ("DZD", "algerian dinar|algerian dinars", "DZD"),
    ("RSD", "serbian dinar|serbian dinars", "RSD"),
    ("MAD", "moroccan dirham|moroccan dirhams", "MAD"),
    ("CZK", "czech crown|czech crowns|koruna|korunas", "CZK"),
    ("HUF", "forint|forints", "HUF"),
    ("RON", "romanian lei|romanian leu", "RON"),
    ("BGN", "bulgarian leva|bulgarian lev", "BGN"),
    ("UAH", "hryvnia|hryvnias|hryvnya", "₴ UAH"),
    ("ISK", "icelandic crowns|icelandic kronur|icelandic krona", "ISK"),
    ("BTN", "ngultrum|ngultrums", "BTN"),
    ("MMK", "kyat|kyats", "MMK"),
    ("LAK", "lao kip", "LAK"),
    ("KHR", "cambodian riel|cambodian riels|riels", "KHR"),
    ("MVR", "rufiyaa", "MVR"),
    ("PGK", "kina", "PGK"),
    ("ETB", "ethiopian birr|birr", "ETB"),
    ("DEM", "german mark|german marks|deutschmark|deutschmarks|deutsche marks|d marks", "DM DEM"),
    ("FRF", "french franc|french francs", "FRF"),
    ("BEF", "belgian franc|belgian francs", "BEF"),
    ("XAF", "cfa franc|cfa francs", "XAF CFA"),
    ("ITL", "italian lira|italian lire", "ITL"),
    ("ESP", "peseta|pesetas", "ESP"),
    ("GRD", "drachma|drachmas", "GRD"),
    ("NLG", "guilder|guilders|dutch guilders", "NLG"),
    ("ATS", "austrian schillings|schillings", "ATS"),
    ("FIM", "finnish markka|markka", "FIM"),
    ("PTE", "portuguese escudos|escudos", "PTE"),
)
"""Code, names after the number, and signs and codes before it."""

HUNDREDTH_TABLE: tuple[tuple[str, str, str], ...] = (
    ("GBP", "pence|penny|pennies", "p"),
    ("EUR", "euro cent|euro cents|eurocent|eurocents", ""),
    ("USD", "cent|cents|us cent|us cents|cts", "c"),
    ("RUB", "kopeck|kopecks|kopek|kopeks", ""),
    ("INR", "paise|paisa", ""),
    ("AUD", "australian cents", ""),
    ("CAD", "canadian cents", ""),
    ("HKD", "hong kong cents", ""),
    ("CNY", "fen", ""),
    ("MYR", "sen", ""),
    ("EGP", "piastres|piasters", ""),
    ("DEM", "pfennig|pfennigs", ""),
)
"""Code, names of a hundredth, and its abbreviations."""

LETTER_SIGNS = {"R": "ZAR", "RM": "MYR", "N": "NGN", "K": "ZMW", "Sh": "", "Shs": "", "P": "PHP", "Bt": "THB"}
"""Letters before an amount, joined to it, that are a currency only beside a magnitude, a comma or decimals."""

SHARED_NOUNS: dict[str, dict[str, str]] = {
    "rupee": {
        "INR": "india indian delhi mumbai bombay kolkata calcutta chennai madras bangalore bengaluru hyderabad",
        "PKR": "pakistan pakistani lahore karachi islamabad peshawar punjab rawalpindi",
        "LKR": "lanka lankan colombo kandy jaffna",
        "NPR": "nepal nepali nepalese kathmandu pokhara",
        "MUR": "mauritius mauritian",
    },
    "shilling": {
        "KES": "kenya kenyan nairobi mombasa",
        "UGX": "uganda ugandan kampala",
        "TZS": "tanzania tanzanian dodoma zanzibar",
        "SOS": "somalia somali mogadishu",
    },
    "cent": {
        "USD": "america american washington",
        "EUR": "euro euros eurozone",
        "ZAR": "rand johannesburg",
        "AUD": "australia australian sydney melbourne",
        "CAD": "canada canadian toronto",
        "HKD": "hong",
        "NZD": "zealand auckland",
        "SGD": "singapore",
    },
    "franc": {
        "CHF": "switzerland swiss zurich geneva",
        "FRF": "france french paris",
        "BEF": "belgium belgian brussels",
    },
    "peso": {
        "MXN": "mexico mexican",
        "PHP": "philippines philippine manila filipino",
        "ARS": "argentina argentine buenos",
        "CLP": "chile chilean santiago",
        "COP": "colombia colombian bogota",
        "CUP": "cuba cuban havana",
        "UYU": "uruguay uruguayan montevideo",
    },
    "dinar": {
        "KWD": "kuwait kuwaiti",
        "BHD": "bahrain bahraini",
        "JOD": "jordan jordanian amman",
        "IQD": "iraq iraqi baghdad",
        "TND": "tunisia tunisian tunis",
        "DZD": "algeria algerian algiers",
        "RSD": "serbia serbian belgrade",
    },
    "crown": {
        "SEK": "sweden swedish stockholm",
        "NOK": "norway norwegian oslo",
        "DKK": "denmark danish copenhagen",
        "CZK": "czech prague",
        "ISK": "iceland icelandic",
    },
    "rial": {
        "IRR": "iran iranian tehran",
        "OMR": "oman omani muscat",
        "QAR": "qatar qatari doha",
        "YER": "yemen yemeni sanaa",
        "SAR": "saudi riyadh",
    },
    "mark": {
        "DEM": "germany german germans bonn frankfurt bundesbank munich hamburg duesseldorf berlin wolfsburg stuttgart",
        "FIM": "finland finnish helsinki",
    },
    "lira": {"TRY": "turkey turkish ankara istanbul", "ITL": "italy italian rome milan"},
}
"""A currency's name that several countries use -> code -> words of a text that tell the country."""

DOLLAR_COUNTRIES: dict[str, str] = {
    "USD": "America American Americans Washington Congress Pentagon Senate Nasdaq Medicare Medicaid Alabama Alaska"
    " Arizona Arkansas California Californian Colorado Connecticut Delaware Florida Idaho Illinois Indiana Iowa"
    " Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana"
    " Nebraska Nevada New_Hampshire New_Jersey New_Mexico New_York North_Carolina North_Dakota Ohio Oklahoma"
    " Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota Tennessee Texas Texan Utah Vermont Virginia"
    " Wisconsin Wyoming Chicago Boston Detroit Houston Dallas Philadelphia Atlanta Seattle Denver Phoenix Miami"
    " Brooklyn Manhattan Los_Angeles San_Francisco Wall_Street White_House Trump Obama Biden Federal_Reserve U.S."
    " US China Chinese Beijing Shanghai Europe European Japan Japanese Russia Russian India Indian Britain British"
    " London Africa African Mexico Mexican Brazil Germany German France French Iran Iraq Israel Ukraine Korea"
    " Korean Shanxi Indonesia Vietnam Thailand Philippines Pakistan Turkey",
    "AUD": "Australia Australian Australians Aussie Sydney Melbourne Brisbane Perth Adelaide Canberra Queensland"
    " Tasmania Tasmanian NSW Queenslanders Hobart Darwin New_South_Wales Gold_Coast Newcastle_Herald Geelong Ballarat"
    " Bendigo Townsville Cairns Toowoomba Wollongong ACT ASX Victorian Kimberley Pilbara Nationals",
    "CAD": "Canada Canadian Canadians Toronto Ottawa Montreal Vancouver Calgary Edmonton Alberta Ontario Quebec"
    " Manitoba Saskatchewan Winnipeg British_Columbia Nova_Scotia Newfoundland New_Brunswick Halifax Banff Regina"
    " Saskatoon Mississauga Hamilton_Spectator B.C. Prince_Edward_Island Yukon",
    "NZD": "New_Zealand New_Zealander New_Zealanders Auckland Wellington Christchurch Dunedin Maori Kiwi Kiwis",
    "HKD": "Hong_Kong Hongkong HongKong Hongkongers Hong_Kongers Kowloon Legco",
    "SGD": "Singapore Singaporean Singaporeans HDB",
    "TWD": "Taiwan Taiwanese Taipei",
    "JMD": "Jamaica Jamaican Jamaicans Kingston",
    "FJD": "Fiji Fijian Suva",
    "TTD": "Trinidad Tobago",
    "NAD": "Namibia Namibian Windhoek",
    "ZWL": "Zimbabwe Zimbabwean Harare",
}
"""Code -> capitalised words, `_` for a space, that tell the country of `$`; USD has states whose press prices in it."""
