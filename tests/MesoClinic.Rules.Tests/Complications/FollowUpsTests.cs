using MesoClinic.Rules.Complications;

namespace MesoClinic.Rules.Tests.Complications;

public sealed class FollowUpsTests
{
    private static readonly DateTimeOffset End = new(2026, 10, 20, 15, 30, 0, TimeSpan.FromHours(2));

    [Fact]
    public void A_session_is_followed_by_the_whole_schedule() => Assert.Equal(
        [("fu-24h", 24), ("fu-72h", 72), ("fu-7d", 168), ("fu-14d", 336), ("fu-28d", 672), ("fu-90d", 2160)],
        FollowUps.ForSession(End, Shipped.Knowledge).Select(due => (due.Step.Id, (int)(due.Due - End).TotalHours)));

    [Fact]
    public void A_contact_counts_from_the_session_while_that_lies_ahead_and_from_the_report_otherwise()
    {
        var reported = End.AddHours(54);
        var due = FollowUps.For(["cx-infection-bacterial"], End, reported, Shipped.Knowledge);

        Assert.Equal(
            [("fu-72h", End.AddHours(72)), ("fu-24h", reported.AddHours(24)), ("fu-7d", End.AddHours(168)), ("fu-14d", End.AddHours(336))],
            due.Select(contact => (contact.Step.Id, contact.Due)));
    }

    [Fact]
    public void Several_complications_share_a_contact()
    {
        var due = FollowUps.For(["cx-erythema", "cx-oedema"], End, End.AddHours(60), Shipped.Knowledge);

        Assert.Equal("fu-72h", Assert.Single(due).Step.Id);
    }

    [Fact]
    public void A_report_without_a_known_complication_still_gets_a_contact()
    {
        var reported = End.AddDays(40);

        Assert.Equal(reported.AddHours(24), Assert.Single(FollowUps.For([], End, reported, Shipped.Knowledge)).Due);
    }

    [Fact]
    public void No_contact_is_due_before_the_report_or_later_than_the_report_asks_for()
    {
        var complications = Shipped.Knowledge.Complications.Select(complication => complication.Id).ToList();
        for (var hour = 0; hour < 3000; hour += 7)
        {
            var reported = End.AddHours(hour);
            Assert.All(FollowUps.For(complications, End, reported, Shipped.Knowledge), contact =>
                Assert.InRange(contact.Due, reported.AddTicks(1), reported.AddHours(contact.Step.AtHours)));
        }
    }

    [Fact]
    public void On_day_three_a_bruise_is_still_usual_and_redness_and_swelling_should_be_gone()
    {
        var course = ExpectedCourse.At(End, End.AddHours(75), Shipped.Knowledge);

        Assert.Equal(["cx-bruise"], course.StillNormal.Select(complication => complication.Id));
        Assert.Equal(["cx-erythema", "cx-itch-burn", "cx-oedema", "cx-papules", "cx-tenderness"], course.ShouldBeGone.Select(complication => complication.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_end_of_the_ordinary_course_is_known_where_the_tables_name_one()
    {
        Assert.Equal(End.AddHours(48), ExpectedCourse.EndOf("cx-erythema", End, Shipped.Knowledge));
        Assert.Null(ExpectedCourse.EndOf("cx-necrosis", End, Shipped.Knowledge));
    }
}
