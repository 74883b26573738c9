"""``feiyu verify RECEIPT``: the offline verifier, as it also stands alone."""

import sys

import typer

from feiyu.cli.lang import LANG, t

HELP = t("离线核验存证凭证：feiyu verify 凭证 --trust 信任文件，其余参数见 --help。",
         "Verify a receipt offline: feiyu verify RECEIPT --trust FILE; --help names the rest.")  # fmt: skip
CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def verify(context: typer.Context) -> None:
    """Hand the words to the verifier: exit 0 trusted, 1 broken, 3 intact but not trusted."""
    from feiyu.evidence import verify as verifier

    words = list(context.args)
    if "--lang" not in words:
        words += ["--lang", LANG.value]
    sys.exit(verifier.main(words, prog="feiyu verify"))
