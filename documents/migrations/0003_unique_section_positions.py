from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_initial"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="section", name="section_in_order"),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(fields=("report", "position"), name="section_position_unique"),
        ),
    ]
