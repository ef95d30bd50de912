using MesoClinic.Rules;

namespace MesoClinic.Web.Components.Shared;

/// <summary>How a decision is told: always by word and icon, colour only follows.</summary>
internal static class DecisionText
{
    public const int Levels = 7;

    public static string Word(this Decision decision) => decision switch
    {
        Decision.Allow => "Allow",
        Decision.AllowWithCaution => "Allow with caution",
        Decision.PhysicianReview => "Physician review",
        Decision.Incomplete => "Incomplete",
        Decision.ModifyPlan => "Modify plan",
        Decision.Postpone => "Postpone",
        Decision.Refuse => "Refuse",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, null),
    };

    public static string Icon(this Decision decision) => "d-" + Key(decision);

    public static string Css(this Decision decision) => "is-" + Key(decision);

    /// <summary>Place on the ladder, 1 (allow) to 7 (refuse).</summary>
    public static int Level(this Decision decision) => (int)decision + 1;

    private static string Key(Decision decision) => decision switch
    {
        Decision.Allow => "allow",
        Decision.AllowWithCaution => "caution",
        Decision.PhysicianReview => "review",
        Decision.Incomplete => "incomplete",
        Decision.ModifyPlan => "modify",
        Decision.Postpone => "postpone",
        Decision.Refuse => "refuse",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, null),
    };
}
