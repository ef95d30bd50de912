using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Domain.Sessions.Mapping;

namespace MesoClinic.Domain.Tests.Sessions;

/// <summary>What must hold of every layout over every area of every view.</summary>
public sealed class PointLayoutProperties
{
    private const double Rounding = 1e-9;

    private static readonly Gen<(AreaShape Shape, LayoutPattern Pattern, double Channel)> Over =
        from shape in Gen.Elements(BodyView.All.SelectMany(view => view.Shapes).ToArray())
        from pattern in Gen.Elements(Enum.GetValues<LayoutPattern>())
        from channel in Gen.Choose(4, 40)
        select (shape, pattern, (double)channel);

    private static readonly Gen<(AreaShape Shape, LayoutPattern Pattern, double Channel, double Spacing)> BySpacing =
        from over in Over from tenths in Gen.Choose(10, 250) select (over.Shape, over.Pattern, over.Channel, tenths / 10.0);

    private static readonly Gen<(AreaShape Shape, LayoutPattern Pattern, double Channel, int Count)> ByCount =
        from over in Over from count in Gen.Frequency((8, Gen.Choose(1, 120)), (1, Gen.Choose(120, 3000))) select (over.Shape, over.Pattern, over.Channel, count);

    [Fact]
    public void Every_mark_lies_inside_its_area_and_where_a_needle_may_go() => Check(BySpacing, by =>
    {
        foreach (var mark in Lay(by).Marks)
        {
            Assert.True(by.Shape.Outline.Contains(mark.At) && by.Shape.Outline.Contains(mark.To ?? mark.At));
            Assert.DoesNotContain(by.Shape.View.Shapes.SelectMany(shape => shape.NoGo), ring => Steps(mark).Any(ring.Contains));
            Assert.All(Steps(mark), step => Assert.True(by.Shape.Contains(step)));
        }
    });

    [Fact]
    public void Marks_keep_their_spacing() => Check(BySpacing, by =>
    {
        var (marks, reach) = (Lay(by).Marks, by.Spacing + (2 * by.Channel));
        switch (by.Pattern)
        {
            case LayoutPattern.Staggered or LayoutPattern.Square:
                Assert.True(Nearest(marks, reach, (a, b) => a.At.DistanceTo(b.At)) >= by.Spacing - Rounding);
                break;
            case LayoutPattern.Lines or LayoutPattern.Tunnels:
                Assert.True(Nearest(marks, reach, Apart) >= by.Spacing - Rounding);
                break;
            case LayoutPattern.Mesh:
                // The two directions cross; the channels of each keep apart.
                var directions = marks.GroupBy(mark => Math.Round(Math.Atan2(mark.To!.Value.Y - mark.At.Y, mark.To.Value.X - mark.At.X), 6)).ToList();
                Assert.True(directions.Count <= 2);
                Assert.All(directions, parallel => Assert.True(Nearest([.. parallel], reach, Apart) >= by.Spacing - Rounding));
                break;
            case LayoutPattern.Traced:
                Assert.True(Nearest(marks, reach, (a, b) => Math.Min(a.At.DistanceTo(b.At), a.Middle.DistanceTo(b.Middle))) >= Math.Min(by.Spacing, by.Channel) - Rounding);
                break;
            case LayoutPattern.Fan:
                Assert.True(Nearest(marks, reach, (a, b) => a.To!.Value.DistanceTo(b.To!.Value)) >= Math.Min(by.Spacing, 2 * by.Channel) - Rounding);
                break;
        }

        static double Apart(Mark a, Mark b) => Steps(a).Min(at => Steps(b).Min(at.DistanceTo));
    });

    [Fact]
    public void A_channel_has_the_length_that_was_asked_for() => Check(BySpacing, by =>
        Assert.All(Lay(by).Marks, mark => Assert.Equal(by.Pattern.HasChannels() ? by.Channel : 0, mark.At.DistanceTo(mark.To ?? mark.At), 6)));

    [Fact]
    public void A_count_is_met_exactly_or_refused_in_words() => Check(ByCount, by =>
    {
        var layout = Lay(by);
        Assert.Equal(layout.Problem is null ? by.Count : 0, layout.Marks.Count);
        Assert.All(layout.Marks, mark => Assert.True(by.Shape.Contains(mark)));
        Assert.All(layout.Marks, mark => Assert.True(layout.SpacingMm >= PointLayout.LeastSpacingMm));
    });

    [Fact]
    public void The_same_wish_gives_the_same_marks() => Check(ByCount, by => Assert.Equal(Lay(by).Marks, Lay(by).Marks));

    [Fact]
    public void Every_area_of_every_view_takes_points_of_every_technique() =>
        Assert.All(BodyView.All.SelectMany(view => view.Shapes), shape => Assert.All(Enum.GetValues<LayoutPattern>(), pattern =>
            Assert.Null(PointLayout.ByCount(shape, pattern, 3, 2).Problem)));

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(3001)]
    public void No_points_and_more_than_3000_are_refused(int count) =>
        Assert.Equal("Write a number of points between 1 and 3000.", PointLayout.ByCount(Forehead, LayoutPattern.Staggered, count).Problem);

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(double.NaN)]
    [InlineData(101)]
    public void A_spacing_that_cannot_be_drawn_is_refused(double spacing) =>
        Assert.Equal("Write a spacing between 0.5 and 100 mm.", PointLayout.BySpacing(Forehead, LayoutPattern.Staggered, spacing).Problem);

    [Fact]
    public void A_spacing_that_would_give_more_than_3000_points_is_refused()
    {
        var back = BodyView.FindShape("body-back", "back", "mid")!;

        Assert.StartsWith("At 2 mm more than 3000 points fit.", PointLayout.BySpacing(back, LayoutPattern.Staggered, 2).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_needs_a_length_that_fits()
    {
        Assert.Equal("Write the length of a channel, 1 to 100 mm.", PointLayout.ByCount(Forehead, LayoutPattern.Lines, 5).Problem);
        Assert.Equal("No channel of this length fits into the area. Shorten it.", PointLayout.ByCount(BodyView.FindShape("face-front", "glabella", "mid")!, LayoutPattern.Lines, 1, 90).Problem);
    }

    [Fact]
    public void Left_and_right_mirror_each_other()
    {
        var (left, right) = (Nappage("left"), Nappage("right"));

        Assert.Equal(left.Count, right.Count);
        Assert.All(left, mark => Assert.Contains(right, other => other.At.DistanceTo(new MapPoint(240 - mark.At.X, mark.At.Y)) < 0.1));

        static IReadOnlyList<Mark> Nappage(string side) => PointLayout.BySpacing(BodyView.FindShape("face-front", "cheeks", side)!, LayoutPattern.Staggered, 7).Marks;
    }

    private static AreaShape Forehead => BodyView.FindShape("face-front", "forehead", "mid")!;

    private static PointLayout Lay((AreaShape Shape, LayoutPattern Pattern, double Channel, double Spacing) by) => PointLayout.BySpacing(by.Shape, by.Pattern, by.Spacing, by.Channel);

    private static PointLayout Lay((AreaShape Shape, LayoutPattern Pattern, double Channel, int Count) by) => PointLayout.ByCount(by.Shape, by.Pattern, by.Count, by.Channel);

    private static IEnumerable<MapPoint> Steps(Mark mark) => mark.To is { } end ? Enumerable.Range(0, 9).Select(n => mark.At + ((end - mark.At) * (n / 8.0))) : [mark.At];

    /// <summary>The least distance of any two; those whose entries lie further apart than the reach cannot be nearer than the spacing.</summary>
    private static double Nearest(IReadOnlyList<Mark> marks, double reach, Func<Mark, Mark, double> distance)
    {
        var least = double.MaxValue;
        var sorted = marks.OrderBy(mark => mark.At.X).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            for (var j = i + 1; j < sorted.Count && sorted[j].At.X - sorted[i].At.X <= reach; j++)
            {
                if (sorted[j].At.DistanceTo(sorted[i].At) <= reach)
                {
                    least = Math.Min(least, distance(sorted[i], sorted[j]));
                }
            }
        }

        return least;
    }

    private static void Check<T>(Gen<T> gen, Action<T> law) => Prop.ForAll(Arb.From(gen), law).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
