"""Ways to reach a clinic, checked because they become links: a wrong one dials or opens something else."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from pdfgen.content.models.field_types import Text

#: A phone number has at least as many digits as an emergency number and at most those of ITU-T E.164.
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15
#: Shorter numbers are those of services, which have no code of a country before them.
_FEWEST_NATIONAL = 8

_PHONE = re.compile(r"[0-9 +()./-]*")
#: An extension behind a number, as people write it; RFC 3966 has it as `;ext=12`.
_EXTENSION = re.compile(
    r"[ ,;(]*(?:tst|tstnr|toestel|toestelnummer|ext|extn|extension|x|#)[. :=]*([0-9]{1,6})\)?\s*",
    re.IGNORECASE,
)

_HOST = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}"
_EMAIL = re.compile(rf"[^\s@<>()\[\],;:\"\\?&%]{{1,64}}@{_HOST}")
_WEBSITE = re.compile(rf"(?:https?://)?{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"\\^`{{|}}]*)?", re.IGNORECASE)


def _split(phone: str) -> tuple[str, str]:
    """Return a number and its extension; empty without one."""
    found = next((one for one in _EXTENSION.finditer(phone) if one.end() == len(phone)), None)
    return (phone[: found.start()], found[1]) if found else (phone, "")


def _phone(value: str) -> str:
    number, _ = _split(value)
    if not _PHONE.fullmatch(number):
        raise ValueError(
            "a phone number holds digits, spaces, + ( ) - / and . only, and an extension, such as "
            "+31 85 000 0000 ext. 12"
        )
    digits = sum(map(str.isdigit, number))
    if value and digits < _FEWEST_DIGITS:
        raise ValueError(f"is not a phone number: it has fewer than {_FEWEST_DIGITS} digits")
    if digits > _MOST_DIGITS:
        raise ValueError(f"has more than {_MOST_DIGITS} digits; give one phone number")
    return value


def _email(value: str) -> str:
    if value and not _EMAIL.fullmatch(value):
        raise ValueError("must be one email address, such as desk@clinic.example")
    return value


def _website(value: str) -> str:
    if value and not _WEBSITE.fullmatch(value):
        raise ValueError(
            "must be a web address without spaces, such as clinic.example or https://clinic.example"
        )
    return value


Phone = Annotated[Text, StringConstraints(max_length=40), AfterValidator(_phone)]
"""A phone number as people write it, or nothing."""

Email = Annotated[Text, StringConstraints(max_length=120), AfterValidator(_email)]
"""One email address, or nothing."""

Website = Annotated[Text, StringConstraints(max_length=120), AfterValidator(_website)]
"""A host, or an address that starts with http:// or https://, or nothing."""


def dialled(phone: str, dialling_code: str = "") -> str:
    """Return the number to dial, for a `tel:` link (RFC 3966): `+31 (0)85 000 0000` gives `+31850000000`.

    A plus sign stays where it comes first. The (0) after a country code is for callers inside the country
    and is left out. A number without a plus sign gets the country's code in place of the 0 that it begins
    with; short numbers, such as 112, are the same only inside the country and stay. An extension stands
    behind it as RFC 3966 has it: `;ext=12`.

    Args:
        dialling_code: of the country, such as `+31`; without it the number stays as it is.
    """
    number, extension = _split(phone.strip())
    main = _dialled(number, dialling_code)
    return f"{main};ext={extension}" if extension else main


def _dialled(number: str, dialling_code: str) -> str:
    international = number.startswith(("+", "(+"))
    if international:
        number = re.sub(r"\(\s*0\s*\)", "", number)
    digits = re.sub("[^0-9]", "", number)
    if international:
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if not dialling_code or len(digits) < _FEWEST_NATIONAL:
        return digits
    # In North America the 1 before a number is the country's code itself.
    prefix = "1" if dialling_code == "+1" else "0"
    return dialling_code + digits.removeprefix(prefix)
