using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Web.Components.Shared;

namespace MesoClinic.Web.Components.Complications;

/// <summary>How a level of urgency is told: in words, with an icon and a place on the ladder; the colour only follows. Levels borrow the roles of decisions.</summary>
internal static class TriageText
{
    public const int Levels = 4;

    public static string Word(this TriageLevel level) => level switch
    {
        TriageLevel.SelfCare => "You can care for it at home",
        TriageLevel.CallClinic => "Call the clinic",
        TriageLevel.SeeDoctorToday => "See a doctor today",
        TriageLevel.Emergency => "This is an emergency",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };

    /// <summary>What the level means, in the patient's words. The reasons of the tables are written for clinicians.</summary>
    public static string Meaning(this TriageLevel level) => level switch
    {
        TriageLevel.SelfCare => "This belongs to the usual course and passes by itself. Tell us again if it gets worse.",
        TriageLevel.CallClinic => "The clinic should hear of it and tell you what to do.",
        TriageLevel.SeeDoctorToday => "A doctor should look at it today: it is treated best early.",
        TriageLevel.Emergency => "This can be dangerous. Do not wait, and do not drive yourself.",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };

    /// <summary>The same for those who look after the patient.</summary>
    public static string StaffWord(this TriageLevel level) => level == TriageLevel.SelfCare ? "Care at home" : level == TriageLevel.Emergency ? "Emergency" : level.Word();

    public static int Step(this TriageLevel level) => (int)level + 1;

    public static string Css(TriageLevel level) => Role(level).Css();

    public static string Icon(TriageLevel level) => level == TriageLevel.SeeDoctorToday ? Decision.PhysicianReview.Icon() : Role(level).Icon();

    public static Decision Role(TriageLevel level) => level switch
    {
        TriageLevel.SelfCare => Decision.Allow,
        TriageLevel.CallClinic => Decision.AllowWithCaution,
        TriageLevel.SeeDoctorToday => Decision.Postpone,
        TriageLevel.Emergency => Decision.Refuse,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };
}
