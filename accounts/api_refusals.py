"""How a refusal reads in JSON, for the description of every program's address."""

from typing import Any

from rest_framework import serializers


class RefusalOut(serializers.Serializer[Any]):
    """A refusal."""

    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField(child=serializers.CharField(), required=False)  # type: ignore[assignment]  # same


READING = {401: RefusalOut, 403: RefusalOut, 404: RefusalOut}
REFUSALS = {**READING, 400: RefusalOut, 409: RefusalOut}
