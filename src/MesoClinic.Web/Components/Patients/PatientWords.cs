using System.Globalization;
using MesoClinic.Application.Patients;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Facts;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Patients;

/// <summary>Facts about patients in plain words.</summary>
internal static class PatientWords
{
    private static readonly string[] Roman = ["I", "II", "III", "IV", "V", "VI"];

    public static readonly IReadOnlyList<Choice> Sexes = [new("Female", "Female"), new("Male", "Male"), new("Other", "Other"), new("Unknown", "Not known")];
    public static readonly IReadOnlyList<Choice> Languages = [.. PersonalDetails.Languages.Select(language => new Choice(language.Key, language.Value))];
    public static readonly IReadOnlyList<Choice> Statuses = [new("Active", "Active now"), new("Chronic", "Chronic"), new("Controlled", "Controlled"), new("History", "In the past")];
    public static readonly IReadOnlyList<Choice> LastDoses = [new("StillTaken", "Still taken"), new("OnDate", "Stopped on a known day"), new("Unknown", "Stopped, day not known")];

    public static string Word(this Sex sex) => sex == Sex.Unknown ? "Sex not known" : sex.ToString();

    public static string Word(this ConditionStatus status) => status switch
    {
        ConditionStatus.Active => "active",
        ConditionStatus.Chronic => "chronic",
        ConditionStatus.Controlled => "controlled",
        _ => "in the past",
    };

    public static string Word(this AppointmentKind kind) => kind switch
    {
        AppointmentKind.AllergyTest => "Allergy test",
        AppointmentKind.FollowUp => "Follow-up",
        _ => kind.ToString(),
    };

    public static string Word(this AppointmentState state) => state switch
    {
        AppointmentState.CheckedIn => "Checked in",
        AppointmentState.InSession => "In session",
        AppointmentState.NoShow => "Did not come",
        AppointmentState.Offered => "Offered",
        _ => state.ToString(),
    };

    public static string Phototype(int fitzpatrick) => Roman[Math.Clamp(fitzpatrick, 1, 6) - 1];

    /// <summary>"yes" as "Yes"; an unknown answer as "Unknown".</summary>
    public static string Answer(string? value) => value is null ? "Unknown" : char.ToUpperInvariant(value[0]) + value[1..].Replace('-', ' ');

    /// <summary>What stands under a condition: code, state, where.</summary>
    public static string Line(ConditionRow condition) => $"{condition.Icd10}, {condition.Status.Word()}{(condition.AreaText.Length == 0 ? "" : $". {condition.AreaText}")}";

    /// <summary>What stands under a medicine: code and whether it is still taken.</summary>
    public static string Line(MedicationRow medicine)
    {
        var taken = medicine.LastDoseKind switch
        {
            LastDoseKind.StillTaken => medicine.Started is { } since ? $"taken since {since.Full()}" : "still taken",
            LastDoseKind.OnDate when medicine.LastDoseOn is { } day => $"last dose {day.Full()}",
            _ => "stopped, day not known",
        };
        var agreed = (medicine.LastDoseKind, medicine.PrescriberConfirmedStop) switch
        {
            (LastDoseKind.StillTaken, _) => "",
            (_, true) => ", prescriber agreed",
            (_, false) => ", prescriber was not asked",
            _ => ", prescriber’s word not known",
        };
        return medicine.Atc is { } code ? $"{code}, {taken}{agreed}" : Capital(taken + agreed);
    }

    public static string Line(ProcedureRow procedure) => $"{procedure.Date.Full()}{(procedure.AreaText.Length == 0 ? "" : $". {procedure.AreaText}")}";

    public static string Reviewed(ListState list) => list switch
    {
        { ReviewedOn: null } => "Never gone through",
        { IsCurrent: false, ReviewedOn: { } day } => $"Gone through {day.Full()}; to be gone through again",
        { ReviewedOn: { } day } => $"Gone through {day.Full()}",
    };

    public static string Identity(GetChart.Chart chart) =>
        string.Join(". ", new[]
        {
            $"Born {chart.BirthDate.Full()}, {chart.Age.ToString(CultureInfo.InvariantCulture)} years",
            chart.Sex.Word(),
            chart.Profile.Fitzpatrick is { } type ? $"Phototype {Phototype(type)}" : "Phototype not assessed",
        }) + ".";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
