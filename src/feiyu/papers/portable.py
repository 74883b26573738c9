"""The words of a PDF, page by page, with PDFium; runs in the reading process only."""

from feiyu.papers.office import LINES_MAX, TEXT_MAX, Refused, Row

PAGES_MAX = 600
PAGE_POINTS_MAX = 14_400


def read_pdf(content: bytes) -> tuple[str, list[Row], list[tuple[str, str]]]:
    """Kind, lines and warnings."""
    try:
        import pypdfium2
    except ImportError:
        raise Refused("unread", "-", "未安装文档组件", "the documents extra is not installed") from None
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as bad:
        locked = "password" in str(bad).lower()
        raise Refused(
            "unread",
            "-",
            *(("文件已加密", "it is encrypted") if locked else ("PDF 结构损坏", "its structure is damaged")),
        ) from None
    if len(document) > PAGES_MAX:
        raise Refused("large", f"第{PAGES_MAX + 1}页", f"超过{PAGES_MAX}页", f"over {PAGES_MAX} pages")
    rows: list[Row] = []
    warnings: list[tuple[str, str]] = []
    length = 0
    for number in range(1, len(document) + 1):
        text = _page(document, number)
        length += len(text)
        if length > TEXT_MAX or len(rows) > LINES_MAX:
            raise Refused("large", f"第{number}页", f"文字超过{TEXT_MAX}字", f"over {TEXT_MAX} characters")
        if not text.strip():
            warnings.append(
                (
                    f"第{number}页没有文字，可能是扫描图像，未作比对。",
                    f"Page {number} has no text; it may be a scanned picture and was not compared.",
                )
            )
        rows += [(line, number, 0, "") for line in text.splitlines() if line.strip()]
    return "pdf", rows, warnings


def _page(document: "object", number: int) -> str:
    import pypdfium2

    try:
        page = document[number - 1]  # type: ignore[index]
        if max(page.get_size()) > PAGE_POINTS_MAX:
            raise Refused("large", f"第{number}页", "页面过大", "the page is too big")
        text: str = page.get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        raise Refused("unread", f"第{number}页", "该页损坏", "the page is damaged") from None
    return text
