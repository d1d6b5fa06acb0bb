"""The user's own file (`config.yaml`): what the command line takes where nothing else is said."""

from pydantic import Field

from pdfgen.content.models.field_types import Items, LanguageCode, Model, Text
from pdfgen.content.models.layout import PaperName

_MOST_LIBRARIES = 20


class Config(Model):
    """Choices of the person at this computer. Everything may be left out."""

    clinic: Text = Field("", description="the clinic's file, for prescriptions that name none")
    paper: PaperName | None = Field(
        None, description="paper in your printer, where the prescription names none and the layout has it"
    )
    language: LanguageCode | None = Field(
        None, description="language of documents, for prescriptions that name none"
    )
    libraries: Items[Text] = Field(
        (),
        description="libraries of your own, laid over the shipped one in this order",
        max_length=_MOST_LIBRARIES,
    )
