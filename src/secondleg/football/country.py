"""Football countries: the three-letter codes of FIFA in lower case, as used in club ids and competition codes.

Kosovo has UEFA's code. A few members of a confederation that are not FIFA's, and states that are no more, have codes
too: FIFA's of their time, or the confederation's. A club of such a state is filed under today's country; only its
league keeps the old code (`gdr.1`).
"""

from __future__ import annotations

from typing import Final

from secondleg.errors import BadInput

__all__ = ["ADJECTIVE", "EUROPE", "NAME", "PAST", "code"]

_EUROPE: Final[dict[str, str]] = {
    "alb": "Albania", "and": "Andorra", "arm": "Armenia", "aut": "Austria", "aze": "Azerbaijan", "bel": "Belgium",
    "bih": "Bosnia and Herzegovina", "blr": "Belarus", "bul": "Bulgaria", "cro": "Croatia", "cyp": "Cyprus",
    "cze": "Czech Republic", "den": "Denmark", "eng": "England", "esp": "Spain", "est": "Estonia", "fin": "Finland",
    "fra": "France", "fro": "Faroe Islands", "geo": "Georgia", "ger": "Germany", "gib": "Gibraltar", "gre": "Greece",
    "hun": "Hungary", "irl": "Ireland", "isl": "Iceland", "isr": "Israel", "ita": "Italy", "kaz": "Kazakhstan",
    "kos": "Kosovo", "lie": "Liechtenstein", "ltu": "Lithuania", "lux": "Luxembourg", "lva": "Latvia",
    "mda": "Moldova", "mkd": "North Macedonia", "mlt": "Malta", "mne": "Montenegro", "ned": "Netherlands",
    "nir": "Northern Ireland", "nor": "Norway", "pol": "Poland", "por": "Portugal", "rou": "Romania", "rus": "Russia",
    "sco": "Scotland", "smr": "San Marino", "srb": "Serbia", "sui": "Switzerland", "svk": "Slovakia",
    "svn": "Slovenia", "swe": "Sweden", "tur": "Turkey", "ukr": "Ukraine", "wal": "Wales",
}  # fmt: skip

EUROPE: Final = frozenset(_EUROPE)
"""Today's countries whose clubs play in UEFA's cups."""

_WORLD: Final[dict[str, str]] = {
    "afg": "Afghanistan", "aia": "Anguilla", "alg": "Algeria", "ang": "Angola", "arg": "Argentina", "aru": "Aruba",
    "asa": "American Samoa", "atg": "Antigua and Barbuda", "aus": "Australia", "bah": "Bahamas", "ban": "Bangladesh",
    "bdi": "Burundi", "ben": "Benin", "ber": "Bermuda", "bfa": "Burkina Faso", "bhr": "Bahrain", "bhu": "Bhutan",
    "blz": "Belize", "bol": "Bolivia", "bot": "Botswana", "bra": "Brazil", "brb": "Barbados", "bru": "Brunei",
    "cam": "Cambodia", "can": "Canada", "cay": "Cayman Islands", "cgo": "Congo", "cha": "Chad", "chi": "Chile",
    "chn": "China", "civ": "Ivory Coast", "cmr": "Cameroon", "cod": "DR Congo", "cok": "Cook Islands",
    "col": "Colombia", "com": "Comoros", "cpv": "Cape Verde", "crc": "Costa Rica", "cta": "Central African Republic",
    "cub": "Cuba", "cuw": "Curaçao", "dji": "Djibouti", "dma": "Dominica", "dom": "Dominican Republic",
    "ecu": "Ecuador", "egy": "Egypt", "eqg": "Equatorial Guinea", "eri": "Eritrea", "eth": "Ethiopia", "fij": "Fiji",
    "gab": "Gabon", "gam": "Gambia", "gha": "Ghana", "gnb": "Guinea-Bissau", "grn": "Grenada", "gua": "Guatemala",
    "gui": "Guinea", "gum": "Guam", "guy": "Guyana", "hai": "Haiti", "hkg": "Hong Kong", "hon": "Honduras",
    "idn": "Indonesia", "ind": "India", "irn": "Iran", "irq": "Iraq", "jam": "Jamaica", "jor": "Jordan",
    "jpn": "Japan", "ken": "Kenya", "kgz": "Kyrgyzstan", "kor": "South Korea", "ksa": "Saudi Arabia", "kuw": "Kuwait",
    "lao": "Laos", "lbn": "Lebanon", "lbr": "Liberia", "lby": "Libya", "lca": "Saint Lucia", "les": "Lesotho",
    "mac": "Macau", "mad": "Madagascar", "mar": "Morocco", "mas": "Malaysia", "mdv": "Maldives", "mex": "Mexico",
    "mli": "Mali", "mng": "Mongolia", "moz": "Mozambique", "mri": "Mauritius", "msr": "Montserrat",
    "mtn": "Mauritania", "mwi": "Malawi", "mya": "Myanmar", "nam": "Namibia", "nca": "Nicaragua",
    "ncl": "New Caledonia", "nep": "Nepal", "nga": "Nigeria", "nig": "Niger", "nzl": "New Zealand", "oma": "Oman",
    "pak": "Pakistan", "pan": "Panama", "par": "Paraguay", "per": "Peru", "phi": "Philippines", "ple": "Palestine",
    "png": "Papua New Guinea", "prk": "North Korea", "pur": "Puerto Rico", "qat": "Qatar", "rsa": "South Africa",
    "rwa": "Rwanda", "sam": "Samoa", "sdn": "Sudan", "sen": "Senegal", "sey": "Seychelles", "sgp": "Singapore",
    "skn": "Saint Kitts and Nevis", "sle": "Sierra Leone", "slv": "El Salvador", "sol": "Solomon Islands",
    "som": "Somalia", "sri": "Sri Lanka", "ssd": "South Sudan", "stp": "São Tomé and Príncipe", "sur": "Suriname",
    "swz": "Eswatini", "syr": "Syria", "tah": "Tahiti", "tan": "Tanzania", "tca": "Turks and Caicos Islands",
    "tga": "Tonga", "tha": "Thailand", "tjk": "Tajikistan", "tkm": "Turkmenistan", "tls": "East Timor", "tog": "Togo",
    "tpe": "Chinese Taipei", "tri": "Trinidad and Tobago", "tun": "Tunisia", "uae": "United Arab Emirates",
    "uga": "Uganda", "uru": "Uruguay", "usa": "United States", "uzb": "Uzbekistan", "van": "Vanuatu",
    "ven": "Venezuela", "vgb": "British Virgin Islands", "vie": "Vietnam", "vin": "Saint Vincent and the Grenadines",
    "vir": "US Virgin Islands", "yem": "Yemen", "zam": "Zambia", "zim": "Zimbabwe",
}  # fmt: skip

_NOT_FIFA: Final[dict[str, str]] = {
    "boe": "Bonaire", "glp": "Guadeloupe", "guf": "French Guiana", "kir": "Kiribati", "mtq": "Martinique",
    "nmi": "Northern Mariana Islands", "reu": "Réunion", "smn": "Saint Martin", "sxm": "Sint Maarten",
    "tuv": "Tuvalu", "zan": "Zanzibar",
}  # fmt: skip

PAST: Final[dict[str, str]] = {
    "gdr": "East Germany", "scg": "Serbia and Montenegro", "tch": "Czechoslovakia", "urs": "Soviet Union",
    "yug": "Yugoslavia",
}  # fmt: skip
"""States that are no more."""

NAME: Final[dict[str, str]] = _EUROPE | _WORLD | _NOT_FIFA | PAST
"""Every code, and the country's name in English."""

ADJECTIVE: Final[dict[str, str]] = {
    "aut": "Austrian", "bel": "Belgian", "bul": "Bulgarian", "cro": "Croatian", "cze": "Czech", "den": "Danish",
    "eng": "English", "esp": "Spanish", "fra": "French", "ger": "German", "gre": "Greek", "hun": "Hungarian",
    "irl": "Irish", "isr": "Israeli", "ita": "Italian", "ned": "Dutch", "nor": "Norwegian", "pol": "Polish",
    "por": "Portuguese", "rou": "Romanian", "rus": "Russian", "sco": "Scottish", "srb": "Serbian", "sui": "Swiss",
    "svk": "Slovak", "svn": "Slovenian", "swe": "Swedish", "tur": "Turkish", "ukr": "Ukrainian", "wal": "Welsh",
}  # fmt: skip

_OTHER_SPELLINGS: Final[dict[str, str]] = {
    "bosnia": "bih", "bosnia herzegovina": "bih", "bosnia n herzegovina": "bih", "brunei darussalam": "bru",
    "burma": "mya", "cabo verde": "cpv", "cape verde islands": "cpv", "china pr": "chn", "congo dr": "cod",
    "cote divoire": "civ", "curacao": "cuw", "czechia": "cze", "côte d'ivoire": "civ", "ddr": "gdr",
    "deutschland": "ger", "espana": "esp", "french guyana": "guf", "great britain": "eng", "guinea bissau": "gnb",
    "holland": "ned", "ireland republic": "irl", "korea dpr": "prk", "korea republic": "kor", "kvx": "kos",
    "latvija": "lva", "macao": "mac", "macedonia": "mkd", "macedonia fyr": "mkd", "mco": "fra", "monaco": "fra",
    "republic of ireland": "irl", "reunion": "reu", "rom": "rou", "sao tome e principe": "stp",
    "st kitts and nevis": "skn", "st lucia": "lca", "st vincent and the grenadines": "vin", "surinam": "sur",
    "swaziland": "swz", "taiwan": "tpe", "the gambia": "gam", "timor leste": "tls", "turkiye": "tur",
    "türkiye": "tur", "udssr": "urs", "us virgin islands": "vir", "ussr": "urs",
}  # fmt: skip
# Monaco has no association of its own: its club is one of the French league

_BY_NAME: Final[dict[str, str]] = {
    name.lower().replace("-", " "): code for code, name in NAME.items()
} | _OTHER_SPELLINGS


def code(country: str) -> str:
    """The code of a country given by code, English name or a source's folder name ("bosnia-herzegovina").

    Raises BadInput for a country that is not one of football's.
    """
    text = country.strip().lower().replace("-", " ").replace("_", " ")
    found = text if text in NAME else _BY_NAME.get(text)
    if found is None:
        raise BadInput(f"{country!r} is not a football country. Use a FIFA code such as eng.")
    return found
