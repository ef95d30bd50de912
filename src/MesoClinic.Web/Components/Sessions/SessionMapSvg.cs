using System.Globalization;
using System.Net;
using System.Text;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions.Mapping;
using Microsoft.Extensions.FileProviders;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>The map of a record as one picture that stands alone: every view with points, its drawing included, and what was given where. It names no one.</summary>
internal static class SessionMapSvg
{
    private const double Wide = 340;
    private const double Gap = 20;
    private const double Line = 17;

    /// <summary>Characters of 12 px that surely fit below a view.</summary>
    private const int LineLength = 48;

    private const string Style = """
        text{font:12px system-ui,sans-serif;fill:#1d2528}.h{font-weight:600;font-size:14px}.a{fill:#e2f2f5;fill-opacity:.8;stroke:#7cb9c3;stroke-width:.8;vector-effect:non-scaling-stroke}.d{fill:none;stroke:#045c66;stroke-linecap:round}.o{stroke:#fff}.c{stroke-width:1px;vector-effect:non-scaling-stroke}
        @media (prefers-color-scheme:dark){text{fill:#e6ebed}.a{fill:#12373d;stroke:#3f7f89}.d{stroke:#7fd3df}.o{stroke:#10161a}}
        """;

    /// <param name="drawings">Where the drawn views lie (wwwroot).</param>
    public static string Write(SaveSessionDraft.Command draft, SessionKnowledge knowledge, IFileProvider drawings)
    {
        var views = draft.Sites.Where(site => site.Points.Count > 0).GroupBy(site => site.View, StringComparer.Ordinal).Select(sites => (View: SeenOn(sites), Sites: sites.ToList())).Where(seen => seen.View is not null).ToList();
        var (body, x, height, style) = (new StringBuilder(), 0.0, 0.0, "");
        foreach (var (seen, sites) in views)
        {
            var view = seen!;
            var (art, colours) = Drawing(view.Id, drawings);
            style = colours.Length > 0 ? colours : style;
            var tall = Wide * view.HighMm / view.WideMm;
            body.Append(CultureInfo.InvariantCulture, $"""<text class="h" x="{x}" y="16">{WebUtility.HtmlEncode(view.Title)}</text><svg x="{x}" y="24" width="{Wide}" height="{tall:0.#}" viewBox="0 0 {view.WideMm} {view.HighMm}">{art}""");
            foreach (var site in sites)
            {
                Draw(body, site, view);
            }

            body.Append("</svg>");
            var y = tall + 44;
            foreach (var site in sites)
            {
                body.Append(CultureInfo.InvariantCulture, $"""<text y="{y:0.#}">""");
                foreach (var (line, at) in Lines(Caption(site, draft, knowledge)).Select((line, at) => (line, at)))
                {
                    body.Append(CultureInfo.InvariantCulture, $"""<tspan x="{x}" dy="{(at == 0 ? 0 : Line)}">{WebUtility.HtmlEncode(line)}</tspan>""");
                    y += Line;
                }

                body.Append("</text>");
            }

            (x, height) = (x + Wide + Gap, Math.Max(height, y));
        }

        var wide = Math.Max(Wide, x - Gap);
        return string.Create(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {height:0.#}" width="{wide}" height="{height:0.#}"><style>{style}{Style}</style>{body}</svg>""");
    }

    /// <summary>"Cheeks, left: 16 points of 0.014 ml, 1.5 mm deep".</summary>
    public static string Caption(SaveSessionDraft.Site site, SaveSessionDraft.Command draft, SessionKnowledge knowledge)
    {
        var (ml, mm) = (site.VolumePerPointMl ?? draft.VolumePerInjectionMl, site.DepthMm ?? draft.DepthMm);
        var what = site.Points.All(point => point.ToX is not null) ? "channel" : "point";
        return string.Create(CultureInfo.InvariantCulture, $"{Name(site, knowledge)}: {site.Points.Count} {what}{(site.Points.Count == 1 ? "" : "s")}{(ml is null ? "" : $" of {ml:0.####} ml")}{(mm is null ? "" : $", {mm:0.##} mm deep")}{(site.Done ? "" : ", not marked as done")}");
    }

    /// <summary>An SVG text breaks no line by itself; each keeps the blank at its end.</summary>
    private static List<string> Lines(string caption)
    {
        var lines = new List<string> { "" };
        foreach (var word in caption.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length > LineLength)
            {
                lines.Add("");
            }

            lines[^1] += word + " ";
        }

        lines[^1] = lines[^1].TrimEnd();
        return lines;
    }

    /// <summary>What was signed keeps the name it had.</summary>
    private static string Name(SaveSessionDraft.Site site, SessionKnowledge knowledge) =>
        site.Drawn is { } drawn ? $"{drawn.Area}{(site.Side is "left" or "right" ? $", {site.Side}" : "")}" : knowledge.Side(site.Area, site.Side);

    /// <summary>The view as it was when the record was signed, else as it is today; null when no map knows it any more.</summary>
    private static Seen? SeenOn(IGrouping<string, SaveSessionDraft.Site> sites) =>
        sites.Select(site => site.Drawn).FirstOrDefault(drawn => drawn is not null) is { } signed ? new Seen(sites.Key, signed.View, signed.WidthMm, signed.HeightMm)
        : BodyView.Find(sites.Key) is { } view ? new Seen(view.Id, view.Title, view.WidthMm, view.HeightMm)
        : null;

    private static void Draw(StringBuilder body, SaveSessionDraft.Site site, Seen view)
    {
        var outline = site.Drawn is { } drawn ? new Ring([.. drawn.Corners]) : BodyView.FindShape(site.View, site.Area, site.Side)?.Outline;
        var dot = MapDrawing.DotMm(view.WideMm, outline, site.Points.Count);
        if (outline is not null)
        {
            body.Append(CultureInfo.InvariantCulture, $"""<path class="a" d="{MapDrawing.Outline(outline.Corners)}"/>""");
        }

        body.Append(CultureInfo.InvariantCulture, $"""<g class="d" stroke-width="{dot:0.##}">""");
        foreach (var path in MapDrawing.Channels(site.Points, view.WideMm, view.HighMm))
        {
            body.Append(CultureInfo.InvariantCulture, $"""<path class="c" d="{path}"/>""");
        }

        foreach (var path in MapDrawing.Dots(site.Points, view.WideMm, view.HighMm))
        {
            body.Append(CultureInfo.InvariantCulture, $"""<path d="{path}"/>""");
            if (!site.Done)
            {
                body.Append(CultureInfo.InvariantCulture, $"""<path class="o" stroke-width="{dot / 2:0.##}" d="{path}"/>""");
            }
        }

        body.Append("</g>");
    }

    /// <summary>The lines of a drawing and the colours that all drawings share; none of a view that is drawn no more.</summary>
    private static (string Art, string Colours) Drawing(string view, IFileProvider files)
    {
        if (files.GetFileInfo($"bodymap/{view}.svg") is not { Exists: true } file)
        {
            return ("", "");
        }

        using var reader = new StreamReader(file.CreateReadStream());
        var text = reader.ReadToEnd();
        var (from, to) = (text.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length, text.IndexOf("</style>", StringComparison.Ordinal));
        return (text[(to + "</style>".Length)..text.LastIndexOf("</svg>", StringComparison.Ordinal)], text[from..to]);
    }

    private sealed record Seen(string Id, string Title, double WideMm, double HighMm);
}
