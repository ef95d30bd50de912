using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MesoClinic.Application.Sessions;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Versions of a draft that are put together from what stands in the recorder and what the server has: one wrong field must not keep the rest from being saved.</summary>
internal static partial class DraftParts
{
    private static readonly PropertyInfo[] Fields = [.. typeof(SaveSessionDraft.Command).GetProperties().Where(field => field is { CanRead: true, CanWrite: true })];

    /// <summary>What goes, or went, into the skin: judged as a whole, and refused as a whole.</summary>
    private static readonly HashSet<string> Injected = new(StringComparer.Ordinal)
    {
        nameof(SaveSessionDraft.Command.Indication), nameof(SaveSessionDraft.Command.Areas), nameof(SaveSessionDraft.Command.Technique), nameof(SaveSessionDraft.Command.Administration),
        nameof(SaveSessionDraft.Command.NeedleOuterDiameterMm), nameof(SaveSessionDraft.Command.DepthMm), nameof(SaveSessionDraft.Command.VolumePerInjectionMl), nameof(SaveSessionDraft.Command.Points),
        nameof(SaveSessionDraft.Command.Sites), nameof(SaveSessionDraft.Command.InjectionSpeed), nameof(SaveSessionDraft.Command.Lines), nameof(SaveSessionDraft.Command.NewSealedAmpoules),
        nameof(SaveSessionDraft.Command.AnaestheticCream), nameof(SaveSessionDraft.Command.CreamLotId), nameof(SaveSessionDraft.Command.EndedAt),
    };

    /// <summary>The same, and nothing that is done to one shows in the other.</summary>
    public static SaveSessionDraft.Command Copy(this SaveSessionDraft.Command draft) => JsonSerializer.Deserialize<SaveSessionDraft.Command>(JsonSerializer.SerializeToUtf8Bytes(draft))!;

    /// <summary>Shows another version in the same fields.</summary>
    public static void Take(this SaveSessionDraft.Command draft, SaveSessionDraft.Command other)
    {
        var copy = other.Copy();
        foreach (var field in Fields)
        {
            field.SetValue(draft, field.GetValue(copy));
        }
    }

    /// <summary>What can be kept although these paths cannot: they stay as they were last saved.</summary>
    public static SaveSessionDraft.Command Without(this SaveSessionDraft.Command typed, IEnumerable<string> paths, SaveSessionDraft.Command saved)
    {
        var (kept, before) = (typed.Copy(), saved.Copy());
        foreach (var path in paths)
        {
            Revert(kept, before, path);
        }

        kept.Reactions.RemoveAll(reaction => reaction.Complication.Length == 0 && string.IsNullOrWhiteSpace(reaction.Text));
        kept.Sites.RemoveAll(site => !kept.Areas.Contains(site.Area, StringComparer.Ordinal));
        return kept;
    }

    /// <summary>All but what is injected: reactions and notes are kept while the check refuses a change of the rest.</summary>
    public static SaveSessionDraft.Command WithoutInjected(this SaveSessionDraft.Command typed, SaveSessionDraft.Command saved) => typed.Without(Injected, saved);

    private static void Revert(SaveSessionDraft.Command kept, SaveSessionDraft.Command saved, string path)
    {
        var parts = Path().Match(path);
        var index = parts.Groups["index"].Success ? int.Parse(parts.Groups["index"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : -1;
        switch (parts.Groups["field"].Value)
        {
            case nameof(SaveSessionDraft.Command.Lines) when index >= 0 && kept.Lines[index] is var line:
                var lineWas = saved.Lines.Find(other => other.LotId == line.LotId);
                (line.VolumeMl, line.Ampoules) = (lineWas?.VolumeMl, lineWas?.Ampoules ?? 1);
                break;
            case nameof(SaveSessionDraft.Command.Sites) when index >= 0 && kept.Sites[index] is var site:
                var siteWas = saved.Sites.Find(other => (other.View, other.Area, other.Side) == (site.View, site.Area, site.Side));
                (site.DepthMm, site.VolumePerPointMl) = (siteWas?.DepthMm, siteWas?.VolumePerPointMl);
                break;
            case nameof(SaveSessionDraft.Command.Reactions) when index >= 0 && kept.Reactions[index] is var reaction:
                var reactionWas = saved.Reactions.Find(other => other.AtUtc == reaction.AtUtc);
                (reaction.Text, reaction.Action) = (reactionWas?.Text ?? "", reactionWas?.Action ?? "");
                break;
            case var name when Array.Find(Fields, field => field.Name == name) is { } field:
                field.SetValue(kept, field.GetValue(saved));
                break;
        }
    }

    [GeneratedRegex(@"^(?<field>\w+)(\[(?<index>\d+)\])?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Path();
}
