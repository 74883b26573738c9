"""Check digits and compulsory structures, one pure function each.

These are the reference: the native lane must answer the same (``tests/unit/scan/test_kernel.py`` fuzzes both). A function
gets a value whose form was matched already and says whether its check holds.

Rules this module keeps:
 * a check lifts or refutes, it never decides alone (chance rates stand with the types);
 * the county part of a resident id is only compared at province level: people keep the code of their first registration.

Sources: GB 11643-1999, GB 32100-2015, GB 11714-1997, GB 16735-2019, ISO 7064, ISO 6346, ISO 6166, ISO 13616, ICAO Doc 9303, and the
bodies named in ``data/types.yaml``.
"""

PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
    ]
)
HMT = frozenset(("810000", "820000", "830000"))
DIGITS36 = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
USCC31 = {c: i for i, c in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
VIN_VALUES = {c: int(c) for c in "0123456789"} | dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
MONTH_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ISO2 = frozenset(
    [
        "AD",
        "AE",
        "AF",
        "AG",
        "AI",
        "AL",
        "AM",
        "AO",
        "AQ",
        "AR",
        "AS",
        "AT",
        "AU",
        "AW",
        "AX",
        "AZ",
        "BA",
        "BB",
        "BD",
        "BE",
        "BF",
        "BG",
        "BH",
        "BI",
        "BJ",
        "BL",
        "BM",
        "BN",
        "BO",
        "BQ",
        "BR",
        "BS",
        "BT",
        "BV",
        "BW",
        "BY",
        "BZ",
        "CA",
        "CC",
        "CD",
        "CF",
        "CG",
        "CH",
        "CI",
        "CK",
        "CL",
        "CM",
        "CN",
        "CO",
        "CR",
        "CU",
        "CV",
        "CW",
        "CX",
        "CY",
        "CZ",
        "DE",
        "DJ",
        "DK",
        "DM",
        "DO",
        "DZ",
        "EC",
        "EE",
        "EG",
        "EH",
        "ER",
        "ES",
        "ET",
        "FI",
        "FJ",
        "FK",
        "FM",
        "FO",
        "FR",
        "GA",
        "GB",
        "GD",
        "GE",
        "GF",
        "GG",
        "GH",
        "GI",
        "GL",
        "GM",
        "GN",
        "GP",
        "GQ",
        "GR",
        "GS",
        "GT",
        "GU",
        "GW",
        "GY",
        "HK",
        "HM",
        "HN",
        "HR",
        "HT",
        "HU",
        "ID",
        "IE",
        "IL",
        "IM",
        "IN",
        "IO",
        "IQ",
        "IR",
        "IS",
        "IT",
        "JE",
        "JM",
        "JO",
        "JP",
        "KE",
        "KG",
        "KH",
        "KI",
        "KM",
        "KN",
        "KP",
        "KR",
        "KW",
        "KY",
        "KZ",
        "LA",
        "LB",
        "LC",
        "LI",
        "LK",
        "LR",
        "LS",
        "LT",
        "LU",
        "LV",
        "LY",
        "MA",
        "MC",
        "MD",
        "ME",
        "MF",
        "MG",
        "MH",
        "MK",
        "ML",
        "MM",
        "MN",
        "MO",
        "MP",
        "MQ",
        "MR",
        "MS",
        "MT",
        "MU",
        "MV",
        "MW",
        "MX",
        "MY",
        "MZ",
        "NA",
        "NC",
        "NE",
        "NF",
        "NG",
        "NI",
        "NL",
        "NO",
        "NP",
        "NR",
        "NU",
        "NZ",
        "OM",
        "PA",
        "PE",
        "PF",
        "PG",
        "PH",
        "PK",
        "PL",
        "PM",
        "PN",
        "PR",
        "PS",
        "PT",
        "PW",
        "PY",
        "QA",
        "RE",
        "RO",
        "RS",
        "RU",
        "RW",
        "SA",
        "SB",
        "SC",
        "SD",
        "SE",
        "SG",
        "SH",
        "SI",
        "SJ",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SR",
        "SS",
        "ST",
        "SV",
        "SX",
        "SY",
        "SZ",
        "TC",
        "TD",
        "TF",
        "TG",
        "TH",
        "TJ",
        "TK",
        "TL",
        "TM",
        "TN",
        "TO",
        "TR",
        "TT",
        "TV",
        "TW",
        "TZ",
        "UA",
        "UG",
        "UM",
        "US",
        "UY",
        "UZ",
        "VA",
        "VC",
        "VE",
        "VG",
        "VI",
        "VN",
        "VU",
        "WF",
        "WS",
        "XK",
        "YE",
        "YT",
        "ZA",
        "ZM",
        "ZW",
    ]
)


def day(year: int, month: int, dom: int) -> bool:
    """Whether this is a day between 1880 and 2049 (leap years count)."""
    if not (1880 <= year <= 2049 and 1 <= month <= 12 and 1 <= dom <= MONTH_DAYS[month]):
        return False
    return not (month == 2 and dom == 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def ymd(text: str) -> bool:
    """Whether eight digits are a day."""
    return day(int(text[:4]), int(text[4:6]), int(text[6:8]))


def weighted(text: str, weights: tuple[int, ...]) -> int:
    """The sum of digit times weight."""
    return sum(int(c) * w for c, w in zip(text, weights, strict=False))


PRC_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def prc_digit(body: str) -> str:
    """The check character of 17 digits (ISO 7064 MOD 11-2)."""
    return "10X98765432"[weighted(body, PRC_WEIGHTS) % 11]


def prc18(text: str) -> bool:
    """A resident id of a mainland province or Taiwan's code 71."""
    return text[:2] in PROVINCES and ymd(text[6:14]) and prc_digit(text[:17]) == text[17].upper()


def prc_hmt(text: str) -> bool:
    """A residence permit of Hong Kong, Macao or Taiwan residents."""
    return text[:6] in HMT and ymd(text[6:14]) and prc_digit(text[:17]) == text[17].upper()


def foreign_pr(text: str) -> bool:
    """A permanent resident card of a foreigner (2023 form)."""
    return (
        text[0] == "9"
        and text[1:3] in PROVINCES
        and ymd(text[6:14])
        and prc_digit(text[:17]) == text[17].upper()
    )


def prc15(text: str) -> bool:
    """The form before 1999: no check digit, only area and date."""
    return text[:2] in PROVINCES and day(1900 + int(text[6:8]), int(text[8:10]), int(text[10:12]))


def luhn(text: str) -> bool:
    """ISO/IEC 7812-1 annex B."""
    total = 0
    for i, c in enumerate(reversed(text)):
        v = int(c) * (1 + i % 2)
        total += v - 9 if v > 9 else v
    return total % 10 == 0


def bank_card(text: str) -> bool:
    """Luhn and an issuer range: UnionPay 62, 60, 9; Visa 4; Mastercard 51-55, 2221-2720; Amex 34, 37; JCB 35."""
    n, two, four = len(text), int(text[:2]), int(text[:4])
    brand = (
        (two in (62, 60) and n >= 16)
        or (text[0] == "9" and n >= 16)
        or (text[0] == "4" and n in (13, 16, 19))
        or ((51 <= two <= 55 or 2221 <= four <= 2720) and n == 16)
        or (two in (34, 37) and n == 15)
        or (two == 35 and n == 16)
    )
    return brand and luhn(text)


def org_digit(text: str) -> str:
    """The check character of eight characters (GB 11714)."""
    total = sum(DIGITS36[c] * w for c, w in zip(text, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    k = 11 - total % 11
    return "X" if k == 10 else "0" if k == 11 else str(k)


def uscc(text: str) -> bool:
    """Both checks of GB 32100: the outer one and that of the organisation code inside."""
    if any(c not in USCC31 for c in text) or not text[2:8].isdigit() or text[0] not in "1234567891ANY":
        return False
    total = sum(USCC31[c] * pow(3, i, 31) for i, c in enumerate(text[:17]))
    return USCC31[text[17]] == (31 - total % 31) % 31 and org_digit(text[8:16]) == text[16]


def vin(text: str) -> bool:
    """The ninth position of GB 16735."""
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(VIN_VALUES[c] * w for c, w in zip(text, weights, strict=True)) % 11
    return text[8] == ("X" if total == 10 else str(total))


def mod97(text: str) -> bool:
    """ISO 7064 MOD 97-10 over base-36 digits."""
    return int("".join(str(DIGITS36[c]) for c in text)) % 97 == 1


IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "CH": 21, "CR": 22, "CY": 28,
    "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24,
    "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip


def iban(text: str) -> bool:
    """Country length and mod 97."""
    return IBAN_LENGTHS.get(text[:2]) == len(text) and mod97(text[4:] + text[:4])


def isin(text: str) -> bool:
    """Luhn over base-36 digits, after a country or XS."""
    digits = "".join(str(DIGITS36[c]) for c in text)
    return (text[:2] in ISO2 or text[:2] in ("XS", "EU")) and luhn(digits)


def cusip(text: str) -> bool:
    """Modulus 10 double add double over base 36."""
    total = 0
    for i, c in enumerate(text[:8]):
        v = DIGITS36[c] * (1 + i % 2)
        total += v // 10 + v % 10
    return (10 - total % 10) % 10 == int(text[8])


def sedol(text: str) -> bool:
    """Weights 1 3 1 7 3 9 1; no vowels."""
    total = sum(DIGITS36[c] * w for c, w in zip(text, (1, 3, 1, 7, 3, 9, 1), strict=True))
    return not set(text) & set("AEIOU") and total % 10 == 0


D5 = ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 3, 4, 0, 6, 7, 8, 9, 5), (2, 3, 4, 0, 1, 7, 8, 9, 5, 6), (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
      (4, 0, 1, 2, 3, 9, 5, 6, 7, 8), (5, 9, 8, 7, 6, 0, 4, 3, 2, 1), (6, 5, 9, 8, 7, 1, 0, 4, 3, 2), (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
      (8, 7, 6, 5, 9, 3, 2, 1, 0, 4), (9, 8, 7, 6, 5, 4, 3, 2, 1, 0))  # fmt: skip
P5 = ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4), (5, 8, 0, 3, 7, 9, 6, 1, 4, 2), (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
      (9, 4, 5, 3, 1, 2, 6, 8, 7, 0), (4, 2, 8, 6, 5, 7, 3, 9, 0, 1), (2, 7, 9, 3, 8, 0, 6, 4, 1, 5), (7, 0, 4, 6, 9, 1, 3, 2, 5, 8))  # fmt: skip


def verhoeff(text: str) -> bool:
    """The dihedral check of Aadhaar."""
    c = 0
    for i, digit in enumerate(reversed(text)):
        c = D5[c][P5[i % 8][int(digit)]]
    return c == 0


def my_number(text: str) -> bool:
    """Japan: weights 6 5 4 3 2 7 6 5 4 3 2, mod 11."""
    r = weighted(text[:11], (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return int(text[11]) == (0 if r <= 1 else 11 - r)


def hkid(text: str) -> bool:
    """One or two letters, six digits, check (A = 10); brackets removed."""
    body, check = text[:-1], text[-1]
    values = [DIGITS36[c] for c in body]
    if len(body) == 7:
        values.insert(0, 36)
    total = sum(v * w for v, w in zip(values, (9, 8, 7, 6, 5, 4, 3, 2), strict=True))
    return (total + (10 if check == "A" else int(check))) % 11 == 0


TW_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28,
                                                    29, 32, 30, 31, 33), strict=True))  # fmt: skip


def taiwan_id(text: str) -> bool:
    """Letter table and weights 8 to 1."""
    v = TW_LETTERS[text[0]]
    return (v // 10 + v % 10 * 9 + weighted(text[1:9], (8, 7, 6, 5, 4, 3, 2, 1)) + int(text[9])) % 10 == 0


def nric(text: str) -> bool:
    """Singapore: weights 2 7 6 5 4 3 2 and a letter table per series."""
    total = weighted(text[1:8], (2, 7, 6, 5, 4, 3, 2)) + {"T": 4, "G": 4, "M": 3}.get(text[0], 0)
    if text[0] == "M":
        return text[8] == "KLJNPQRTUWX"[10 - total % 11]
    return text[8] == ("JZIHGFEDCBA" if text[0] in "ST" else "XWUTRQPNMLK")[total % 11]


def nhs(text: str) -> bool:
    """UK: weights 10 to 2, mod 11."""
    k = 11 - weighted(text[:9], (10, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return k != 10 and int(text[9]) == k % 11


def pin_th(text: str) -> bool:
    """Thailand: weights 13 to 2, mod 11."""
    total = weighted(text[:12], (13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2))
    return text[0] != "0" and int(text[12]) == (11 - total % 11) % 10


def cpf(text: str) -> bool:
    """Brazil: two mod-11 digits; equal digits are nobody's."""
    if len(set(text)) == 1:
        return False
    for n in (9, 10):
        r = sum(int(text[i]) * (n + 1 - i) for i in range(n)) * 10 % 11
        if int(text[n]) != r % 10:
            return False
    return True


def gstin(text: str) -> bool:
    """India: base-36 Luhn."""
    total = 0
    for i, c in enumerate(text[:14]):
        v = DIGITS36[c] * (i % 2 + 1)
        total += v // 36 + v % 36
    return DIGITS36[text[14]] == (36 - total % 36) % 36


def ubn(text: str) -> bool:
    """Taiwan: digit sums with weights 1 2 1 2 1 2 4 1, divisible by 5; a seventh digit 7 may add one."""
    total = 0
    for c, w in zip(text, (1, 2, 1, 2, 1, 2, 4, 1), strict=True):
        v = int(c) * w
        total += v // 10 + v % 10
    return total % 5 == 0 or (text[6] == "7" and (total + 1) % 5 == 0)


def brn_kr(text: str) -> bool:
    """Korea: weights 1 3 7 1 3 7 1 3 5, the last product carries."""
    total = weighted(text[:9], (1, 3, 7, 1, 3, 7, 1, 3, 5)) + int(text[8]) * 5 // 10
    return (10 - total % 10) % 10 == int(text[9])


def container(text: str) -> bool:
    """ISO 6346: letters skip multiples of 11, powers of two, mod 11 mod 10."""
    total = 0
    for i, c in enumerate(text[:10]):
        v = DIGITS36[c]
        if v >= 10:
            v += (v >= 11) + (v >= 21) + (v >= 31)
        total += v << i
    return total % 11 % 10 == int(text[10])


def imo(text: str) -> bool:
    """Ships: weights 7 to 2."""
    return weighted(text[:6], (7, 6, 5, 4, 3, 2)) % 10 == int(text[6])


def ean(text: str) -> bool:
    """Weights 1 and 3 from the right."""
    return sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(reversed(text))) % 10 == 0


def s10(text: str) -> bool:
    """UPU S10: weights 8 6 4 2 3 5 9 7, mod 11; the last two letters are a country."""
    k = 11 - weighted(text[2:10], (8, 6, 4, 2, 3, 5, 9, 7)) % 11
    return text[11:] in ISO2 and int(text[10]) == (0 if k == 10 else 5 if k == 11 else k)


def cas(text: str) -> bool:
    """Chemicals: digits weighted from the right; hyphens removed."""
    return sum(int(c) * i for i, c in enumerate(reversed(text[:-1]), 1)) % 10 == int(text[-1])


def mrz_digit(text: str) -> str:
    """ICAO 9303: weights 7 3 1."""
    total = sum((0 if c == "<" else DIGITS36[c]) * (7, 3, 1)[i % 3] for i, c in enumerate(text))
    return str(total % 10)


def mrz(line: str) -> bool:
    """Second line of a TD3 document: number, birth, expiry and composite."""
    return (
        mrz_digit(line[:9]) == line[9]
        and mrz_digit(line[13:19]) == line[19]
        and mrz_digit(line[21:27]) == line[27]
        and mrz_digit(line[:10] + line[13:20] + line[21:43]) == line[43]
    )


B32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def bech32(text: str) -> bool:
    """A Bitcoin address ``bc1…`` (BIP 173, BIP 350)."""
    values = [3, 3, 0, 2, 3]
    for c in text[3:]:
        i = B32.find(c)
        if i < 0:
            return False
        values.append(i)
    check = 1
    for v in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ v
        for i, g in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> i & 1:
                check ^= g
    return check in (1, 0x2BC830A3)


def vat_eu(text: str) -> bool:
    """The countries whose check is public and compact: DE, FR, IT, NL, AT, BE."""
    body = text[2:]
    match text[:2]:
        case "DE":
            p = 10
            for c in body[:8]:
                s = (int(c) + p) % 10 or 10
                p = 2 * s % 11
            return (11 - p) % 10 == int(body[8])
        case "FR":
            return int(body[:2]) == (12 + 3 * (int(body[2:]) % 97)) % 97
        case "IT":
            return luhn(body)
        case "NL":
            return weighted(body[:8], (9, 8, 7, 6, 5, 4, 3, 2)) % 11 == int(body[8]) or mod97("NL" + body)
        case "AT":
            total = 0
            for i, c in enumerate(body[1:8]):
                v = int(c) * (1 + i % 2)
                total += v // 10 + v % 10
            return (96 - total) % 10 == int(body[8])
        case "BE":
            return 97 - int(body[:8]) % 97 == int(body[8:])
    return False
