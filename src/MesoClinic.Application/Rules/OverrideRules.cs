using System.Text.Json;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>What may be overridden, by whom, and what an override is bound to.</summary>
internal static class OverrideRules
{
    public static readonly IReadOnlyList<Qualification> Physicians = [Qualification.Physician, Qualification.Dermatologist];

    /// <summary>Why no override can be given or withdrawn any more; null while one can.</summary>
    public static string? WhyClosed(Appointment appointment, DateTime nowUtc) =>
        !appointment.IsTreatment ? "This appointment needs no override: a consultation or follow-up is never blocked."
        : !appointment.IsOpen ? "This appointment is over or cancelled; an override ends with it."
        : appointment.HasExpired(nowUtc) ? "The time was held provisionally and has run out. Book a new one first."
        : appointment.State == AppointmentState.Booked && appointment.EndUtc <= nowUtc ? "The time of this appointment has passed; an override ends with it."
        : null;

    /// <summary>The qualifications that a rule's policy asks for; none when nobody can override it.</summary>
    public static IReadOnlyList<Qualification> WhoDecides(OverridePolicy policy) => policy switch
    {
        OverridePolicy.PhysicianWithDocumentedReason => Physicians,
        OverridePolicy.DermatologistWithDocumentedReason => [Qualification.Dermatologist],
        _ => [],
    };

    /// <summary>Why nobody, or not this person, may decide against a finding, and what would end it; null when they may.</summary>
    public static string? WhyNot(Finding finding, RuleBook book, Qualification qualification)
    {
        var who = finding.Action == Decision.PhysicianReview && RuleEntry.Find(finding.Rule, book) is { } rule ? WhoDecides(rule.Override) : [];
        return who.Contains(qualification) ? null
            : who.Count == 0 ? NobodyCan(finding)
            : !Physicians.Contains(qualification) ? "A physician decides this."
            : "This rule asks for a dermatologist.";
    }

    /// <summary>
    /// Hash of what a physician answers: the rule as it reads, the day, the finding's facts in words, and the plan. Booking, check-in and start of the
    /// same plan give the same; any change of them gives another, and the override no longer counts.
    /// </summary>
    public static string? Binding(string rule, Assessment assessment, AssessmentRequest request, RuleBook book)
    {
        var because = assessment.Findings.Where(finding => finding.Rule == rule && finding.Action == Decision.PhysicianReview).Select(finding => finding.Because).Order(StringComparer.Ordinal).ToList();
        if (because.Count == 0)
        {
            return null;
        }

        var plan = request.Plan;
        object?[] bound =
        [
            "override/1", rule, book.HashOfRule(rule), request.Date, request.Purpose.ToString(), because,
            plan.Indication, Sorted(plan.Areas), plan.Technique, Sorted(plan.Ingredients),
        ];
        return ContentHash.Tagged(JsonSerializer.SerializeToUtf8Bytes(bound));
    }

    private static string NobodyCan(Finding finding)
    {
        var clears = string.IsNullOrEmpty(finding.ClearsWhen) || finding.ClearsWhen == "n/a" ? "" : $" It ends when: {finding.ClearsWhen}.";
        return finding.Action switch
        {
            Decision.Refuse => $"{finding.Title}: nobody can override it. Only a corrected fact changes it, and the correction is kept.{clears}",
            Decision.ModifyPlan => $"{finding.Title}: nobody can override it. Change the plan instead.{clears}",
            Decision.Postpone => $"{finding.Title}: nobody can override it before it has cleared.{clears}",
            Decision.Incomplete => $"{finding.Title}: what is unknown is never overridden. Find out first.{clears}",
            _ => $"{finding.Title} needs no physician.",
        };
    }

    private static string[] Sorted(IEnumerable<string>? ids) => [.. (ids ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
