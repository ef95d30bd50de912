using System.Globalization;
using MesoClinic.Application.Sessions;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>A depth that the tables do not give for the technique. They give one for few of them, and the hand decides: it is said, and holds nothing up.</summary>
internal static class DepthCaution
{
    public static string? Of(SaveSessionDraft.Command draft, SessionKnowledge knowledge)
    {
        if (draft.Technique is not { } id || !knowledge.Book.Techniques.TryGetValue(id, out var technique) || technique.DepthMm is not { } range)
        {
            return null;
        }

        var outside = draft.Sites.Select(site => (Where: $"{knowledge.Side(site.Area, site.Side)}, ", Mm: site.DepthMm)).Prepend((Where: "", Mm: draft.DepthMm)).Where(depth => depth.Mm < range.Min || depth.Mm > range.Max)
            .Select(depth => string.Create(CultureInfo.InvariantCulture, $"{depth.Where}{depth.Mm:0.##} mm")).ToList();
        var sources = technique.Sources.Select(source => knowledge.Titles.Sources.GetValueOrDefault(source, source));
        return outside.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"Depth {string.Join("; ", outside)}: the tables give {range.Min:0.##} to {range.Max:0.##} mm for {technique.Title} ({string.Join("; ", sources)}).");
    }
}
