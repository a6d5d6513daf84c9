"""A prepared queryset gives what the queryset gives, each time for the values of that time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ, Post
from accounts.roles import Role
from lib.prepared import Given, keep_rows, kept_rows, prepared
from tests.given import a_hat, an_organ

pytestmark = pytest.mark.django_db


@prepared
def of_organ(organ: Given) -> QuerySet[Post]:
    return Post.objects.filter(organ=organ).select_related("organ", "user").order_by("pk")


@prepared
def with_posts(role: Given) -> QuerySet[Organ, tuple[str, bool]]:
    posts = Post.objects.filter(organ=OuterRef("pk"), role=role)
    return Organ.objects.filter(Exists(posts)).values_list("code", flat=True).order_by("code")


@prepared
def with_their_posts(code: Given) -> QuerySet[Organ]:
    return Organ.objects.filter(code=code).prefetch_related("posts")


def test_it_gives_what_the_queryset_gives_for_each_value():
    housing, water = an_organ("ZJ"), an_organ("SW")
    hats = [a_hat(Role.UNIT_HEAD, organ=housing), a_hat(Role.CASE_OFFICER, organ=housing)]
    other = a_hat(Role.CASE_OFFICER, organ=water)

    assert of_organ(organ=housing.pk) == [hat.post for hat in hats]
    assert of_organ(organ=water.pk) == [other.post]
    assert of_organ.first(organ=water.pk) == other.post
    assert of_organ(organ=0) == [] and of_organ.first(organ=0) is None


def test_rows_joined_to_it_are_read_in_the_same_statement():
    hat = a_hat(Role.CASE_OFFICER)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        (post,) = of_organ(organ=hat.organ.pk)
        assert (post.organ.code, post.user.name) == (hat.organ.code, hat.user.name)

    assert len(asked) == 1


def test_a_value_stands_in_a_subquery_and_single_columns_come_back():
    housing, water = an_organ("ZJ"), an_organ("SW")
    a_hat(Role.UNIT_HEAD, organ=housing)
    a_hat(Role.CASE_OFFICER, organ=water)

    assert with_posts(role=Role.UNIT_HEAD) == ["ZJ"]
    assert with_posts(role=Role.CASE_OFFICER) == ["SW"]


def test_what_it_prefetches_is_prefetched():
    hat = a_hat(Role.CASE_OFFICER)

    (organ,) = with_their_posts(code=hat.organ.code)

    with CaptureQueriesContext(connection) as asked:
        assert list(organ.posts.all()) == [hat.post]
    assert not asked.captured_queries


def test_words_of_a_value_are_never_words_of_the_statement():
    housing = an_organ("ZJ")

    assert with_their_posts(code="ZJ' OR '1'='1") == []
    assert with_their_posts(code="%s") == []
    assert with_their_posts(code="ZJ") == [housing]


@pytest.mark.parametrize("values", [{}, {"organ": None}, {"organ": 1, "user": 1}, {"post": 1}])
def test_a_missing_unknown_or_empty_value_is_an_error_of_the_caller(values):
    with pytest.raises(TypeError):
        of_organ(**values)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection():
    hat = a_hat(Role.CASE_OFFICER)
    of_organ(organ=hat.organ.pk)

    def asked() -> list[str]:
        try:
            return [post.user.name for post in of_organ(organ=hat.organ.pk)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = [one.result() for one in [threads.submit(asked) for _ in range(8)]]

    assert answers == [[hat.user.name]] * 8


@prepared
def held(organ: Given) -> QuerySet[Post]:
    return Post.objects.filter(organ=organ).select_for_update()


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_within_a_transaction_or_not_at_all():
    hat = a_hat(Role.CASE_OFFICER)
    with transaction.atomic():
        assert held(organ=hat.organ.pk) == [hat.post]

    with pytest.raises(RuntimeError):
        held(organ=hat.organ.pk)


def test_rows_that_were_kept_are_not_asked_for_again():
    hat = a_hat(Role.CASE_OFFICER)
    organ = Organ.objects.get(pk=hat.organ.pk)
    assert kept_rows(organ, "posts") is None

    keep_rows(organ, "posts", of_organ(organ=organ.pk))

    with CaptureQueriesContext(connection) as asked:
        assert list(organ.posts.all()) == [hat.post]
        assert organ.posts.all()[0].organ is organ
    assert not asked.captured_queries
    another = a_hat(Role.UNIT_HEAD, organ=organ).post
    assert list(organ.posts.filter(pk=another.pk)) == [another]
    assert organ.posts.count() == 1


def test_only_rows_that_point_backwards_are_kept():
    post = a_hat(Role.CASE_OFFICER).post

    with pytest.raises(TypeError):
        keep_rows(post, "organ", [])
