"""PDFium's functions, bound with the plainest types that do.

They are called a few times for each letter, and pypdfium2's own bindings make an object of every
pointer. Those that are called for each letter are bound without types, which is twice as fast: they
take the text page as a ``c_void_p`` and give no warning where anything else comes. Whoever calls them
holds the lock of PDFium.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_double, c_float, c_int, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as pdfium


def address(handle: Any) -> int:
    """Where what a handle of pypdfium2's stands for lies in memory."""
    return ctypes.cast(handle, c_void_p).value or 0


def _bind(function: Any, result: Any, *arguments: Any) -> Any:
    """A PDFium function with types of our own, or none; Python's lock is kept, for each call is short."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


get_unicode = _bind(pdfium.FPDFText_GetUnicode, c_uint)
get_text_object = _bind(pdfium.FPDFText_GetTextObject, c_void_p)
get_loose_box = _bind(pdfium.FPDFText_GetLooseCharBox, c_int)
get_origin = _bind(pdfium.FPDFText_GetCharOrigin, c_int)
get_matrix = _bind(pdfium.FPDFText_GetMatrix, c_int)
get_font_size = _bind(pdfium.FPDFText_GetFontSize, c_double)
is_unmapped = _bind(pdfium.FPDFText_HasUnicodeMapError, c_int)
get_font_of = _bind(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
get_render_mode = _bind(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
get_font_name = _bind(pdfium.FPDFFont_GetBaseFontName, c_ulong, c_void_p, c_void_p, c_ulong)
get_font_flags = _bind(pdfium.FPDFFont_GetFlags, c_int, c_void_p)
get_object_at = _bind(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
get_form_object_at = _bind(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
get_form_count = _bind(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
get_kind = _bind(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
get_object_matrix = _bind(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
get_bounds = _bind(pdfium.FPDFPageObj_GetBounds, c_int, c_void_p, *[POINTER(c_float)] * 4)
get_draw_mode = _bind(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
get_step_count = _bind(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
get_step_at = _bind(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
get_step_kind = _bind(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
get_step_point = _bind(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
step_closes = _bind(pdfium.FPDFPathSegment_GetClose, c_int, c_void_p)
