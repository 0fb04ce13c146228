"""Addresses of the phase's pages, under `/cases/<slug>/scenarios/`."""

from django.urls import path

from fremsyn.scenarios import views
from fremsyn.scenarios.editing.views import driver_add, driver_test, scenario_take, story_edit, story_tick
from fremsyn.scenarios.group import views as group
from fremsyn.scenarios.judging.views import matrix_judge, section_judge
from fremsyn.scenarios.space import views as space

app_name = "scenarios"

urlpatterns = [
    path("", views.scenarios, name="scenarios"),
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/judge/", matrix_judge, name="matrix_judge"),
    path("matrix/judge/mine/", group.group_mine, name="group_mine"),
    path("matrix/judge/mine/<str:source>/<str:target>/", group.group_own, name="group_own"),
    path("matrix/judge/<str:source>/<str:target>/", section_judge, name="section_judge"),
    path("matrix/group/", group.group_work, name="group_work"),
    path("matrix/group/disputed/", group.group_disputed, name="group_disputed"),
    path("matrix/group/matrix/", group.group_matrix, name="group_matrix"),
    path("matrix/group/sections/<str:source>/<str:target>/", group.group_section, name="group_section"),
    path("matrix/group/screen/<str:source>/<str:target>/", group.group_screen, name="group_screen"),
    path("space/", space.space, name="space"),
    path("space/wish/", space.wish, name="wish"),
    path("space/set/", space.working_set, name="working_set"),
    path("space/set/take/", space.set_take, name="set_take"),
    path("space/set/<str:ref>/", space.set_use, name="set_use"),
    path("space/<int:number>/", views.consistent, name="consistent"),
    path("space/<int:number>/take/", scenario_take, name="scenario_take"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
    path("drivers/add/", driver_add, name="driver_add"),
    path("drivers/<str:ref>/test/", driver_test, name="driver_test"),
    path("drivers/<str:ref>/", views.driver, name="driver"),
    path("states/<str:ref>/", views.variant, name="variant"),
    path("futures/<str:ref>/story/edit/", story_edit, name="story_edit"),
    path("futures/<str:ref>/story/tick/", story_tick, name="story_tick"),
    path("futures/<str:ref>/", views.scenario, name="scenario"),
]
