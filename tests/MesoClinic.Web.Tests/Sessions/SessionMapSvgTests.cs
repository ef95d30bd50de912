using System.Xml.Linq;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using Microsoft.Extensions.FileProviders;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class SessionMapSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly SessionKnowledge Knowledge = new(TestClinic.Book.Value);

    [Fact]
    public void The_map_stands_alone_with_every_view_that_has_points_and_says_what_was_given_where()
    {
        var map = Write(
            new() { View = "face-front", Area = "forehead", Side = "mid", Done = true, Points = Laid("face-front", "forehead", "mid", 28) },
            new() { View = "face-left", Area = "cheeks", Side = "left", VolumePerPointMl = 0.01m, Points = Laid("face-left", "cheeks", "left", 5) });

        Assert.Equal(["Face", "Forehead: 28 points of 0.014 ml, 1.5 mm deep", "Left profile", "Cheeks, left: 5 points of 0.01 ml, 1.5 mm deep, not marked as done"], map.Descendants(Svg + "text").Select(text => text.Value));
        Assert.Equal(2, map.Descendants(Svg + "svg").Count());
        Assert.Equal([28, 5, 5], map.Descendants(Svg + "g").Where(group => group.Attribute("class")?.Value == "d").Elements().Select(path => path.Attribute("d")!.Value.Split("h0").Length - 1));
        Assert.DoesNotContain(map.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "href" or "src");
    }

    [Fact]
    public void What_is_said_below_a_view_breaks_into_lines_and_none_lies_on_another()
    {
        var map = Write(
            new() { View = "face-left", Area = "cheeks", Side = "left", VolumePerPointMl = 0.014m, Points = Laid("face-left", "cheeks", "left", 12) },
            new() { View = "face-left", Area = "temples", Side = "left", Points = Laid("face-left", "temples", "left", 3) });

        var captions = map.Descendants(Svg + "text").Where(text => text.Elements().Any()).ToList();
        Assert.Equal([2, 2], captions.Select(caption => caption.Elements(Svg + "tspan").Count()));
        Assert.All(captions.SelectMany(caption => caption.Elements()), line => Assert.InRange(line.Value.Length, 1, 49));
        Assert.Equal(34, (double)captions[1].Attribute("y")! - (double)captions[0].Attribute("y")!, 1);
        Assert.True((double)map.Attribute("height")! > (double)captions[1].Attribute("y")! + 17);
    }

    [Fact]
    public void A_point_is_drawn_where_it_was_placed()
    {
        var map = Write(new SaveSessionDraft.Site { View = "face-front", Area = "forehead", Side = "mid", Done = true, Points = [new(0.5m, 0.25m)] });

        Assert.Contains(map.Descendants(Svg + "path"), path => path.Attribute("d")!.Value == "M120 77.5h0");
    }

    [Fact]
    public void A_signed_map_keeps_outline_names_and_scale_whatever_the_map_of_today_says()
    {
        var drawn = new DrawnArea("Brow", "Face as it was", 100, 200, [10, 20, 30, 20, 30, 40]);
        var map = Write(
            new() { View = "face-front", Area = "forehead", Side = "mid", Done = true, Points = [new(0.5m, 0.25m)], Drawn = drawn },
            new() { View = "a-view-no-more", Area = "an-area-no-more", Side = "left", Done = true, Points = [new(0.5m, 0.25m)], Drawn = drawn });

        Assert.Equal(2, map.Descendants(Svg + "path").Count(path => path.Attribute("d")!.Value == "M10 20L30 20L30 40Z"));
        Assert.Equal(2, map.Descendants(Svg + "path").Count(path => path.Attribute("d")!.Value == "M50 50h0"));
        Assert.Equal(["Face as it was", "Brow: 1 point of 0.014 ml, 1.5 mm deep", "Face as it was", "Brow, left: 1 point of 0.014 ml, 1.5 mm deep"], map.Descendants(Svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void An_older_record_with_an_area_or_a_view_that_is_drawn_no_more_still_opens()
    {
        var map = Write(
            new() { View = "face-front", Area = "an-area-no-more", Side = "mid", Done = true, Points = [new(0.5m, 0.25m)] },
            new() { View = "a-view-no-more", Area = "forehead", Side = "mid", Done = true, Points = [new(0.5m, 0.25m)] });

        Assert.Contains(map.Descendants(Svg + "path"), path => path.Attribute("d")!.Value == "M120 77.5h0");
        Assert.Equal(["Face", "an-area-no-more: 1 point of 0.014 ml, 1.5 mm deep"], map.Descendants(Svg + "text").Select(text => text.Value));
    }

    private static XElement Write(params SaveSessionDraft.Site[] sites)
    {
        var draft = new SaveSessionDraft.Command { Technique = "tech-nappage", DepthMm = 1.5m, VolumePerInjectionMl = 0.014m, Areas = ["forehead", "cheeks"], Sites = [.. sites] };
        using var drawings = new PhysicalFileProvider(Path.Combine(Repository.Root, "src", "MesoClinic.Web", "wwwroot"));
        return XElement.Parse(SessionMapSvg.Write(draft, Knowledge, drawings));
    }

    private static List<InjectionPoint> Laid(string view, string area, string side, int count)
    {
        var shape = BodyView.FindShape(view, area, side)!;
        return [.. PointLayout.ByCount(shape, LayoutPattern.Staggered, count).Marks.Select(mark => InjectionPoint.Of(mark, shape.View))];
    }
}
