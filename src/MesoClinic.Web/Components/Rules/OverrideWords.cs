using MesoClinic.Application.Rules;
using MesoClinic.Domain.Rules;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.RulePages;

/// <summary>How reasons and states of overrides are told.</summary>
internal static class OverrideWords
{
    public static readonly IReadOnlyList<Choice> Reasons = [.. Enum.GetValues<OverrideReason>().Select(reason => new Choice(reason.ToString(), reason.Word()))];

    public static string Word(this OverrideReason reason) => reason switch
    {
        OverrideReason.BenefitOutweighsRisk => "Benefit outweighs the risk",
        OverrideReason.ConditionStable => "The condition is stable",
        OverrideReason.SpecialistAgreed => "The treating specialist agreed",
        OverrideReason.PlanAdapted => "The plan was adapted to it",
        OverrideReason.ToleratedBefore => "Tolerated before",
        OverrideReason.RecordedFactOutdated => "The recorded fact is outdated",
        _ => "Another reason",
    };

    public static string Word(this OverrideState state) => state switch
    {
        OverrideState.Counts => "Counts until the appointment ends",
        OverrideState.Void => "No longer counts: facts, plan, day or rule have changed",
        OverrideState.Withdrawn => "Withdrawn",
        _ => "Ended with the appointment",
    };

    public static string Icon(this OverrideState state) => state switch
    {
        OverrideState.Counts => "check",
        OverrideState.Void => "info",
        OverrideState.Withdrawn => "close",
        _ => "lock",
    };
}
