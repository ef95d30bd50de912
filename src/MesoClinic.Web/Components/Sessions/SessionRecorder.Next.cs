using System.Text.RegularExpressions;
using MesoClinic.Application.Sessions;
using MesoClinic.Rules;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Components.Shared.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Start and signature: what they wait for, where on the page that is, and where one goes on.</summary>
public sealed partial class SessionRecorder
{
    private const string EndGap = "End of the injections";

    /// <summary>"Sign" stands where "Start" was: the second tap of a hasty finger must not meet it.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.5);

    private TimeField? _end;
    private string? _endProblem;
    private bool _resting;

    /// <param name="At">Id of the field that it is about.</param>
    private sealed record Wait(string Text, string? At = null);

    /// <summary>Nobody has said it, and nothing is assumed in its place.</summary>
    private bool LacksEnd => Started && Draft.EndedAt is null && Record.AssumedEndUtc is null;

    /// <summary>The next thing alone, by its name: the whole list stands beside the fields.</summary>
    private Wait? WaitsFor => !IsSaved ? null
        : _preview is null ? new("Looking the record over…")
        : _preview.Problems.Count > 0 ? Next(_preview.Problems.Keys.Select(ProblemAt).ToList())
        : _preview.Assessment.Decision == Decision.Incomplete && _preview.Assessment.Missing.Count > 0 ? Next(_preview.Assessment.Missing.Select(MissingAt).ToList())
        : _preview.Assessment.DecisionWith(_preview.Overridden) > Decision.AllowWithCaution ? new($"The check: {_preview.Assessment.Decision.Word().ToLowerInvariant()}", "assessment")
        : !MayStart ? Next([.. Unacknowledged.Select(finding => new Wait($"acknowledge {finding.Title}", AckId(finding.Rule)))])
        : null;

    private IEnumerable<Finding> Unacknowledged => _preview?.Assessment.Findings.Where(finding => finding.Action == Decision.AllowWithCaution && !Draft.Acknowledged.Contains(finding.Rule)) ?? [];

    /// <summary>By its place, not by the rule: the id stands in an address, and an address says nothing of anybody's health.</summary>
    private string AckId(string rule) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ack-{_preview?.Assessment.Findings.TakeWhile(finding => finding.Rule != rule).Count()}");

    private static Wait Next(List<Wait> waits) => waits.Count == 0 ? new("Waits for the check", "assessment")
        : waits[0] with { Text = waits.Count == 1 ? $"Next: {waits[0].Text}" : $"Next of {waits.Count}: {waits[0].Text}" };

    private Wait MissingAt(string id) => new(Knowledge.Titles.Missing(id).Text, PlaceOf(id) ?? "assessment");

    private Wait ProblemAt(string path)
    {
        if (LinePath().Match(path) is { Success: true } line)
        {
            var at = int.Parse(line.Groups["at"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            var name = Draft.Lines.ElementAtOrDefault(at) is { } entered && _lots.Find(lot => lot.Id == entered.LotId) is { } lot ? lot.Product : "a line";
            return line.Groups["field"].Value switch
            {
                nameof(SaveSessionDraft.Line.LotId) => new($"lot of {name}", $"lot-{at}"),
                nameof(SaveSessionDraft.Line.Ampoules) => new($"ampoules of {name}", $"amp-{at}"),
                nameof(SaveSessionDraft.Line.VolumeMl) => new($"volume of {name}", $"ml-{at}"),
                _ => new(name, "cocktail-h"),
            };
        }

        return path switch
        {
            SessionReview.ConsentPath => new("consent", "consent-h"),
            SessionReview.AnaestheticPath => new("consent to the anaesthetic", "consent-h"),
            nameof(SaveSessionDraft.Command.NewSealedAmpoules) => new("confirm the ampoules", "sealed"),
            nameof(SaveSessionDraft.Command.CreamLotId) => new("tube of the cream", "cream-lot"),
            nameof(SaveSessionDraft.Command.Technique) => new("technique", "technique"),
            nameof(SaveSessionDraft.Command.Points) => new("points", "points"),
            _ when path.StartsWith(nameof(SaveSessionDraft.Command.Sites), StringComparison.Ordinal) || path == nameof(SaveSessionDraft.Command.Areas) => new("the areas", "add-area"),
            _ when path.StartsWith(nameof(SaveSessionDraft.Command.Lines), StringComparison.Ordinal) => new("the cocktail", "cocktail-h"),
            _ => new("what is marked in red"),
        };
    }

    /// <summary>The field that answers what the check misses; null = it is asked at check-in or in the chart.</summary>
    private string? PlaceOf(string id) => id switch
    {
        "indication" or "technique" or "administration" => id,
        "areas" => "add-area",
        "needleOuterDiameterMm" => "needle",
        "volumePerInjectionMl" => "point-ml",
        "injectionSpeed" => "speed",
        "volumeTotalMl" => Draft.Lines.FindIndex(line => line is { Mistake: null, VolumeMl: not > 0 }) is >= 0 and var at ? $"ml-{at}" : "add-product",
        "ingredients" or "doses" or "productTraceable" or "productExpired" or "firstUseOfProduct" or "skinTestDocumented" => "add-product",
        "ampouleOpenedBefore" => Draft.Lines.Count > 0 ? "sealed" : "add-product",
        "asepsisComplete" => Knowledge.Before.FirstOrDefault(step => !Draft.AsepsisDone.Contains(step.Id)) is { } step ? PrepareCard.IdOf(step.Id) : "prep-h",
        _ => null,
    };

    private async Task StartAsync()
    {
        _resting = true;
        try
        {
            if (await ActAsync(whole: true, () => new StartSession.Command { SessionId = Record.Id, Version = Draft.Version }))
            {
                // To the map: where one works now.
                await _steps.FocusAsync();
                await Task.Delay(Rest, Clock, _gone.Token);
            }
        }
        catch (Exception error) when (error is JSException or OperationCanceledException)
        {
            // The line was lost: the focus stays where it is.
        }
        finally
        {
            _resting = false;
        }
    }

    private async Task SignAsync()
    {
        if (LacksEnd)
        {
            _endProblem = "Say when the injections ended: press Now, or write the time. Then sign.";
            await (_end?.FocusAsync() ?? Task.CompletedTask);
            return;
        }

        await ActAsync(whole: true, () => new SignSession.Command { SessionId = Record.Id, Version = Draft.Version });
    }

    [GeneratedRegex(@"^Lines\[(?<at>\d+)\]\.(?<field>\w+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex LinePath();
}
