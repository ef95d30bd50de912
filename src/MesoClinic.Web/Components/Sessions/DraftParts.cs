using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MesoClinic.Application.Sessions;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Versions of a draft that are put together from what stands in the recorder and what the server has: one wrong field must not keep the rest from being saved.</summary>
internal static partial class DraftParts
{
    private static readonly PropertyInfo[] Fields = [.. typeof(SaveSessionDraft.Command).GetProperties().Where(field => field is { CanRead: true, CanWrite: true })];

    /// <summary>What the server may refuse, and then refuses as a whole: what goes, or went, into the skin, its lots and its times.</summary>
    private static readonly HashSet<string> Refusable = new(StringComparer.Ordinal)
    {
        nameof(SaveSessionDraft.Command.Indication), nameof(SaveSessionDraft.Command.Areas), nameof(SaveSessionDraft.Command.Technique), nameof(SaveSessionDraft.Command.Administration),
        nameof(SaveSessionDraft.Command.NeedleOuterDiameterMm), nameof(SaveSessionDraft.Command.DepthMm), nameof(SaveSessionDraft.Command.VolumePerInjectionMl), nameof(SaveSessionDraft.Command.Points),
        nameof(SaveSessionDraft.Command.Sites), nameof(SaveSessionDraft.Command.InjectionSpeed), nameof(SaveSessionDraft.Command.Lines),
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

        kept.Reactions.RemoveAll(reaction => reaction.Complication.Length == 0 && string.IsNullOrWhiteSpace(reaction.Text) && string.IsNullOrWhiteSpace(reaction.Action));
        kept.Sites.RemoveAll(site => !kept.Areas.Contains(site.Area, StringComparer.Ordinal));
        return kept;
    }

    /// <summary>Reactions and notes are kept while the server refuses a change of the rest.</summary>
    public static SaveSessionDraft.Command WithoutRefusable(this SaveSessionDraft.Command typed, SaveSessionDraft.Command saved) => typed.Without(Refusable, saved);

    /// <summary>The lines that another screen has opened stay in front and in their order. A line of the same lot here is the same line with the volume that stands here; no ampoule goes back, and a mistake stays marked unless its mark was taken back here.</summary>
    /// <param name="before">What both began with.</param>
    public static void KeepBegun(this SaveSessionDraft.Command mine, SaveSessionDraft.Command theirs, SaveSessionDraft.Command before)
    {
        var own = mine.Lines.ToList();
        var begun = theirs.Copy().Lines.FindAll(line => line.IsBegun).ConvertAll(opened =>
        {
            if (own.Find(line => line.LotId == opened.LotId && (line.IsBegun || opened.Mistake is null)) is not { } line)
            {
                return opened;
            }

            own.Remove(line);
            (line.IsBegun, line.Ampoules, line.SealedAmpoules) = (true, Math.Max(line.Ampoules ?? 1, opened.Ampoules ?? 1), Math.Max(line.SealedAmpoules, opened.SealedAmpoules));
            line.Mistake ??= WasMistake(line) ? null : opened.Mistake;
            return line;
        });
        mine.Lines = [.. begun, .. own];

        bool WasMistake(SaveSessionDraft.Line line) => before.Lines.ElementAtOrDefault(mine.Lines.IndexOf(line)) is { Mistake: not null } was && was.LotId == line.LotId;
    }

    private static void Revert(SaveSessionDraft.Command kept, SaveSessionDraft.Command saved, string path)
    {
        var parts = Path().Match(path);
        var index = parts.Groups["index"].Success ? int.Parse(parts.Groups["index"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : -1;
        switch (parts.Groups["field"].Value)
        {
            case nameof(SaveSessionDraft.Command.Lines) when kept.Lines.ElementAtOrDefault(index) is { } line:
                // One lot may stand in two lines.
                var lineWas = saved.Lines.ElementAtOrDefault(index) is { } was && was.LotId == line.LotId ? was : null;
                if (parts.Groups["part"].Value == nameof(line.Mistake))
                {
                    line.Mistake = lineWas?.Mistake;
                }
                else
                {
                    // The ampoules have followed the volume.
                    (line.VolumeMl, line.Ampoules) = (lineWas?.VolumeMl, lineWas?.Ampoules ?? 1);
                }

                break;
            case nameof(SaveSessionDraft.Command.Sites) when kept.Sites.ElementAtOrDefault(index) is { } site:
                var siteWas = saved.Sites.Find(other => (other.View, other.Area, other.Side) == (site.View, site.Area, site.Side));
                (site.DepthMm, site.VolumePerPointMl) = (siteWas?.DepthMm, siteWas?.VolumePerPointMl);
                break;
            case nameof(SaveSessionDraft.Command.Reactions) when kept.Reactions.ElementAtOrDefault(index) is { } reaction:
                var reactionWas = saved.Reactions.Find(other => other.AtUtc == reaction.AtUtc);
                (reaction.Text, reaction.Action) = parts.Groups["part"].Value == nameof(reaction.Action) ? (reaction.Text, reactionWas?.Action ?? "") : (reactionWas?.Text ?? "", reaction.Action);
                break;
            case var name when index < 0 && Array.Find(Fields, field => field.Name == name) is { } field:
                field.SetValue(kept, field.GetValue(saved));
                break;
        }
    }

    [GeneratedRegex(@"^(?<field>\w+)(\[(?<index>\d+)\]\.?(?<part>\w*))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Path();
}
