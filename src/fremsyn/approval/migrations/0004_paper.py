"""A version of the paper is sealed in two editions where parts of it are closed. What was sealed before stays with the body."""

from django.db import migrations, models

EDITIONS = [
    ("whole", "the whole paper; nothing in it is closed"),
    ("internal", "internal: with what is closed"),
    ("public", "public: without what is closed"),
]


class Migration(migrations.Migration):
    dependencies = [("approval", "0003_minutes")]

    operations = [
        migrations.RemoveConstraint(model_name="sealedpack", name="approval_sealed_pack_version"),
        migrations.AddField(
            model_name="sealedpack",
            name="edition",
            field=models.CharField(choices=EDITIONS, default="internal", max_length=10),
        ),
        migrations.AlterField(
            model_name="sealedpack",
            name="edition",
            field=models.CharField(choices=EDITIONS, default="whole", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="sealedpack",
            constraint=models.UniqueConstraint(
                fields=("case", "version", "edition"), name="approval_sealed_pack_version"
            ),
        ),
    ]
