using MesoClinic.Rules.Courses;

namespace MesoClinic.Rules.Tests.Courses;

public sealed class ProtocolTests
{
    private static readonly DateOnly Day = new(2026, 7, 10);

    [Fact]
    public void Mesolifting_is_recommended_as_the_table_has_it()
    {
        var protocol = For("ind-mesolifting", 1990)!;

        Assert.Equal((5, 15), (protocol.Sessions.Min, protocol.Sessions.Max));
        Assert.Equal((7, 7), (protocol.IntervalDays.Min, protocol.IntervalDays.Max));
        Assert.Equal(5, protocol.ResultAfterSessions);
        Assert.Equal("noticeable after the 5th session", protocol.ExpectedResult);
        Assert.Equal(new CourseNumber(5, CourseNumberSource.Table), protocol.UsualSessions);
        Assert.Contains("tech-nappage", protocol.Techniques);
        Assert.Contains("ing-vitamins", protocol.UsualIngredients);
        Assert.Equal(["doc-2"], protocol.Sources);
    }

    [Fact]
    public void A_number_that_the_table_does_not_hold_is_left_to_the_clinician_and_marked_so()
    {
        var protocol = For("ind-acne", 1990)!;

        Assert.False(protocol.Sessions.IsKnown);
        Assert.Null(protocol.UsualSessions);
        Assert.Null(protocol.ResultAfterSessions);
        Assert.Equal(new CourseNumber(6, CourseNumberSource.OwnChoice), protocol.ChooseSessions(6));
    }

    [Theory]
    [InlineData(4, CourseNumberSource.OwnChoice)]
    [InlineData(5, CourseNumberSource.Table)]
    [InlineData(15, CourseNumberSource.Table)]
    [InlineData(16, CourseNumberSource.OwnChoice)]
    public void A_number_outside_the_range_is_an_own_choice(int sessions, CourseNumberSource source) =>
        Assert.Equal(source, For("ind-mesolifting", 1990)!.ChooseSessions(sessions).Source);

    [Fact]
    public void An_interval_without_a_most_is_open_upwards()
    {
        var protocol = For("ind-double-chin", 1990)!;

        Assert.Equal(28, protocol.UsualIntervalDays!.Value);
        Assert.Equal(CourseNumberSource.Table, protocol.ChooseIntervalDays(60).Source);
        Assert.Equal(CourseNumberSource.OwnChoice, protocol.ChooseIntervalDays(27).Source);
    }

    [Theory]
    [InlineData("ind-acne", 2014, AgeFit.Suitable)]
    [InlineData("ind-acne", 2015, AgeFit.TooYoung)]
    [InlineData("ind-wrinkles", 2007, AgeFit.TooYoung)]
    [InlineData("ind-wrinkles", 2006, AgeFit.Suitable)]
    [InlineData("ind-wrinkles", 1966, AgeFit.Suitable)]
    [InlineData("ind-wrinkles", 1965, AgeFit.WeakerEffect)]
    public void The_age_on_the_first_day_is_judged(string indication, int born, AgeFit fit) => Assert.Equal(fit, For(indication, born)!.Age.Patient);

    [Fact]
    public void Nobody_of_unknown_age_is_called_suitable() =>
        Assert.All(Shipped.Knowledge.Indications, row => Assert.Equal(AgeFit.Unknown, Protocols.For(Shipped.Book, row.Id, null, Day)!.Age.Patient));

    [Fact]
    public void There_is_no_protocol_of_an_indication_outside_the_tables() => Assert.Null(For("ind-none", 1990));

    private static Protocol? For(string indication, int born) => Protocols.For(Shipped.Book, indication, new DateOnly(born, 7, 10), Day);
}
