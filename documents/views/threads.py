"""Threads of comments: what the page's script reads and sends. The same addresses take forms, and lead back to a page."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.activity import not_activity
from accounts.http import AuthenticatedHttpRequest
from documents.access import report_for
from documents.actions import suggestions, threads
from documents.models import Thread
from documents.threads.access import (
    Viewer,
    board_for,
    commentable_section_for,
    may_comment,
    may_decide,
    may_reopen_suggestion,
    may_settle,
    may_share,
    may_withdraw,
    suggestion_to,
    thread_for,
    thread_to,
)
from documents.threads.as_json import asked_of, thread_json
from documents.threads.drafts import MalformedError, read_draft, read_mentions, read_text
from documents.views import thread_pages
from documents.views.reading import record_reading_once
from partnerships.views.messages import attempt

JSON = "application/json"
Allowed = Callable[[Thread, Viewer], bool]
Act = Callable[[Thread], object]


@not_activity
@require_safe
def board(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The threads of a report, or with `?section=` of one section, that this person may see."""
    report = report_for(request.user, pk)
    found = board_for(request.user, report)
    asked = request.GET.get("section")
    sections = [section for section in found.sections if asked in (None, str(section.pk))]
    if asked is not None and not sections:
        return _malformed("There is no such section for you in this report.", 404)
    listed = asked_of(found, sections[0] if asked is not None else None)
    etag = f'"{listed.etag}"'
    response: HttpResponse = HttpResponseNotModified()
    if request.headers.get("If-None-Match") != etag:
        told = listed.told()
        record_reading_once(request.user, report, "threads", [one for one in sections if str(one.pk) in told.about])
        response = HttpResponse(told.text, content_type=JSON)
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Open a thread about a section."""
    section = commentable_section_for(request.user, pk)
    if not _is_json(request):
        return thread_pages.start(request, section)
    try:
        thread = threads.open(section, read_draft(_data(request)), by=request.user)
    except MalformedError as error:
        return _malformed(str(error))
    except ValidationError as refusal:
        return _refused(refusal)
    return JsonResponse(thread_json(*thread_for(request.user, thread.pk)), status=201)


@require_POST
def reply(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Add a comment to a thread."""
    thread = thread_to(request.user, pk, may_comment)
    if not _is_json(request):
        return thread_pages.reply(request, thread)
    try:
        data = _data(request)
        text, mentions = read_text(data, "text"), read_mentions(data.get("mentions"))
    except MalformedError as error:
        return _malformed(str(error))
    to_us = data.get("only_for_us") is True
    return _answer(
        request, thread, lambda one: threads.reply(one, text=text, mentions=mentions, for_us_only=to_us, by=request.user)
    )


@require_POST
def resolve(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Say that nothing is left to do."""
    return _do(request, pk, may_settle, lambda one: threads.resolve(one, by=request.user), "The thread is resolved.")


@require_POST
def reopen(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Say that something is left to do."""
    return _do(request, pk, may_settle, lambda one: threads.reopen(one, by=request.user), "The thread is open again.")


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Open an organisation's own thread to everybody, after asking."""
    if request.method != "POST":
        return thread_pages.share(request, thread_to(request.user, pk, may_share))
    done = "Everyone who can read the section can see this thread now."
    return _do(request, pk, may_share, lambda one: threads.share(one, by=request.user), done)


@require_POST
def accept(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Change the text to what is suggested. The page's script also gets what that adds to the text."""
    done = "The suggestion is accepted. The words are in the text."
    return _decide(request, pk, may_decide, lambda one: suggestions.accept(one, by=request.user), done)


@require_POST
def decline(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Leave the text as it is."""
    done = "The suggestion is declined. The text stays as it is."
    return _decide(request, pk, may_decide, lambda one: suggestions.decline(one, by=request.user), done)


@require_POST
def withdraw(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Take back one's own suggestion."""
    done = "Your suggestion is withdrawn."
    return _decide(request, pk, may_withdraw, lambda one: suggestions.withdraw(one, by=request.user), done)


@require_POST
def reopen_suggestion(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Let a decided suggestion wait again."""
    done = "The suggestion waits for a decision again."
    return _decide(request, pk, may_reopen_suggestion, lambda one: suggestions.reopen(one, by=request.user), done)


def _do(request: AuthenticatedHttpRequest, pk: UUID, allowed: Allowed, act: Act, done: str) -> HttpResponse:
    return _done(request, thread_to(request.user, pk, allowed), act, done)


def _decide(request: AuthenticatedHttpRequest, pk: UUID, allowed: Allowed, act: Act, done: str) -> HttpResponse:
    return _done(request, suggestion_to(request.user, pk, allowed), act, done)


def _done(request: AuthenticatedHttpRequest, thread: Thread, act: Act, done: str) -> HttpResponse:
    if _is_json(request):
        return _answer(request, thread, act)
    attempt(request, lambda: act(thread), done=done)
    return redirect("thread", thread.pk)


def _answer(request: AuthenticatedHttpRequest, thread: Thread, act: Act) -> JsonResponse:
    """The thread after the act, or why it was refused; where it was decided meanwhile, the truth with it."""
    try:
        done = act(thread)
    except ValidationError as refusal:
        return _refused(refusal, thread=thread_json(*thread_for(request.user, thread.pk)))
    update = {"update": b64encode(done).decode()} if isinstance(done, bytes) else {}
    return JsonResponse(thread_json(*thread_for(request.user, thread.pk)) | update)


def _refused(refusal: ValidationError, **truth: Any) -> JsonResponse:
    """400 for what was typed, 409 for how things have become."""
    if hasattr(refusal, "error_dict"):
        errors = {name: " ".join(texts) for name, texts in refusal.message_dict.items()}
        return JsonResponse({"errors": errors}, status=400)
    return JsonResponse({"errors": {"": " ".join(refusal.messages)}, **truth}, status=409)


def _malformed(words: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"errors": {"": words}}, status=status)


def _is_json(request: HttpRequest) -> bool:
    return request.content_type == JSON


def _data(request: HttpRequest) -> dict[str, Any]:
    try:
        data = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise MalformedError("What was sent is not JSON.") from error
    if not isinstance(data, dict):
        raise MalformedError("What was sent is not an object.")
    return data
