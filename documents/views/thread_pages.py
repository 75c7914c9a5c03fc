"""Pages of comments that need no script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from documents import policies
from documents.access import organisation_on, report_for
from documents.actions import threads
from documents.models import Report, Section, Thread
from documents.threads.access import board_for, thread_for
from documents.threads.audience import audience_of
from documents.threads.cards import Card, cards
from documents.threads.forms import ReplyForm, StartForm
from documents.threads.listing import comments_of
from documents.views.reading import record_reading
from partnerships.views.messages import attempt_form, status_of
from reviews.access import is_lead


@require_safe
def listing(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The comments on a report that this person may see."""
    report = report_for(request.user, pk)
    found = comments_of(request.user, report, request.GET)
    record_reading(request.user, report, "comments", {card.section for card in found.cards})
    context = {"found": found, "page": found.page, **_common(report)}
    return render(request, "documents/threads/list.html", context)


@require_safe
def thread(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One thread."""
    found, _ = thread_for(request.user, pk)
    record_reading(request.user, found.section.report, "thread", [found.section])
    form = _reply_form(request, found)
    return _page(request, found, form)


def reply(request: AuthenticatedHttpRequest, thread: Thread) -> HttpResponse:
    """Take a reply; one that is refused is shown again."""
    form = _reply_form(request, thread)
    if form.is_valid() and attempt_form(form, lambda: _reply(request, thread, form)):
        messages.success(request, "Your reply has been sent.")
        return redirect("thread", thread.pk)
    found, _ = thread_for(request.user, thread.pk)
    return _page(request, found, form)


def start(request: AuthenticatedHttpRequest, section: Section) -> HttpResponse:
    """A comment about a whole section."""
    if section.deleted_at is not None:
        raise Http404
    form = StartForm(_posted(request), audience=audience_of(section, None), but=request.user.pk)
    made: list[Thread] = []
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: _start(request, section, form, made)):
        messages.success(request, "Your comment has been sent.")
        return redirect("thread", made[0].pk)
    context = {
        "form": form,
        "section": section,
        "ours": organisation_on(request.user, section.report),
        **_common(section.report),
    }
    return render(request, "documents/threads/new.html", context, status=status_of(form))


def share(request: AuthenticatedHttpRequest, thread: Thread) -> HttpResponse:
    """Ask before a private thread is opened to everybody."""
    if not thread.is_private:
        messages.info(request, "Everyone who can read the section can see this thread already.")
        return redirect("thread", thread.pk)
    return render(
        request, "documents/threads/share.html", {"card": _card(request.user, thread), **_common(thread.section.report)}
    )


def _page(request: AuthenticatedHttpRequest, thread: Thread, form: ReplyForm) -> HttpResponse:
    report = thread.section.report
    context = {
        "form": form,
        "card": _card(request.user, thread),
        "may_dispose": policies.is_open(report) and not thread.is_private and is_lead(request.user, report.review),
        **_common(report),
    }
    return render(request, "documents/threads/thread.html", context, status=status_of(form))


def _card(user: User, thread: Thread) -> Card:
    return cards(Thread.objects.filter(pk=thread.pk), board_for(user, thread.section.report))[0]


def _reply_form(request: AuthenticatedHttpRequest, thread: Thread) -> ReplyForm:
    audience = audience_of(thread.section, thread.only_for)
    initial = {"for_us_only": thread.is_private}
    return ReplyForm(_posted(request), audience=audience, but=request.user.pk, initial=initial)


def _start(request: AuthenticatedHttpRequest, section: Section, form: StartForm, made: list[Thread]) -> None:
    made.append(threads.open(section, form.draft(), by=request.user))


def _reply(request: AuthenticatedHttpRequest, thread: Thread, form: ReplyForm) -> None:
    data = form.cleaned_data
    threads.reply(thread, text=data["text"], mentions=form.mentions(), for_us_only=data["for_us_only"], by=request.user)


def _posted(request: AuthenticatedHttpRequest) -> QueryDict | None:
    """What a form sent, be it nothing; None where none was sent."""
    return request.POST if request.method == "POST" else None


def _common(report: Report) -> dict[str, Any]:
    return {"report": report, "review": report.review, "tab": "report", "nav": "reviews"}
