"""Names of languages, in English and in themselves. Pure."""

from __future__ import annotations

#: The languages that podcasts are made in, by their primary subtag.
#: https://www.iana.org/assignments/language-subtag-registry
NAMES = {
    "af": "Afrikaans",
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "eo": "Esperanto",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fil": "Filipino",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean",
    "la": "Latin",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mn": "Mongolian",
    "mr": "Marathi",
    "ms": "Malay",
    "my": "Burmese",
    "nb": "Norwegian",
    "ne": "Nepali",
    "nl": "Dutch",
    "nn": "Norwegian Nynorsk",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "yue": "Cantonese",
    "zh": "Chinese",
    "zu": "Zulu",
}


def language_name(tag: str) -> str:
    """The name of the language of a BCP 47 ``tag``, whatever its region; the tag if we do not know it."""
    return NAMES.get(tag.lower().replace("_", "-").partition("-")[0], tag)


def runs_from_right(tag: str | None) -> bool:
    """Whether the language of a BCP 47 ``tag`` is written from right to left; an unknown one is not."""
    return (tag or "").lower().replace("_", "-").partition("-")[0] in _FROM_RIGHT


def language_of_name(name: str) -> str | None:
    """The BCP 47 tag of the language that is called ``name`` in English or in itself, whatever its case."""
    return _TAGS.get(name.casefold())


#: https://www.w3.org/International/questions/qa-scripts
_FROM_RIGHT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
#: What those who speak it call a language. https://cldr.unicode.org/translation/displaynames/languagelocale-names
_OWN_NAMES = {
    "العربية": "ar", "български": "bg", "català": "ca", "čeština": "cs", "dansk": "da", "deutsch": "de",
    "ελληνικά": "el", "español": "es", "castellano": "es", "eesti": "et", "فارسی": "fa", "suomi": "fi",
    "français": "fr", "עברית": "he", "हिन्दी": "hi", "hrvatski": "hr", "magyar": "hu", "italiano": "it",
    "日本語": "ja", "한국어": "ko", "lietuvių": "lt", "latviešu": "lv", "nederlands": "nl", "norsk": "no",
    "polski": "pl", "português": "pt", "română": "ro", "русский": "ru", "slovenčina": "sk",
    "slovenščina": "sl", "srpski": "sr", "svenska": "sv", "ไทย": "th", "türkçe": "tr", "українська": "uk",
    "中文": "zh", "汉语": "zh", "漢語": "zh",
}  # fmt: skip
_TAGS = {name.casefold(): tag for tag, name in NAMES.items()} | _OWN_NAMES
