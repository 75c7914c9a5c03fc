"""The database keeps versions as they are; their sections know how they are numbered, their length and their digest."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts import append_only
from documents.models.version import IMMUTABLE

NUMBERINGS = [
    ("none", "No number"),
    ("main", "Number"),
    ("sub", "Number under the section above"),
    ("appendix", "Letter (appendix)"),
]


def install(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.install(schema_editor.connection, IMMUTABLE)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.remove(schema_editor.connection, IMMUTABLE)


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_discussion_versions_signatures")]

    operations = [
        migrations.AddField(
            model_name="versionsection",
            name="numbering",
            field=models.CharField(choices=NUMBERINGS, default="main", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="versionsection",
            name="sha256",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="versionsection",
            name="words",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="versionsection",
            constraint=models.CheckConstraint(
                condition=models.Q(("numbering__in", ["none", "main", "sub", "appendix"])),
                name="version_section_numbering_known",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
