using System.Diagnostics;
using System.Globalization;
using MesoClinic.Rules;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Rules;

/// <summary>What a rule asks of a plan, as a sentence.</summary>
internal static class PlanWords
{
    public static string Flag(PlanField field, bool value)
    {
        var (yes, no) = field switch
        {
            PlanField.FirstUseOfProduct => ("The product is used on this patient for the first time.", "The product was used on this patient before."),
            PlanField.SkinTestDocumented => ("A skin test is on record.", "No skin test is on record."),
            PlanField.SkinTestReacted => ("A planned ingredient reacted in its newest allergy test.", "No planned ingredient reacted in its newest allergy test."),
            PlanField.ConsultationDone => ("A consultation is on record.", "No consultation is on record."),
            PlanField.ProductTraceable => ("The product can be traced.", "The product cannot be traced."),
            PlanField.AmpouleOpenedBefore => ("The ampoule was opened before.", "The ampoule is freshly opened."),
            PlanField.ProductExpired => ("The product has expired.", "The product has not expired."),
            PlanField.ProductRecalled => ("A product comes from a recalled lot.", "No product comes from a recalled lot."),
            PlanField.AsepsisComplete => ("The asepsis checklist is complete.", "The asepsis checklist is not complete."),
            PlanField.AreasAnyFace => ("A planned area belongs to the face.", "No planned area belongs to the face."),
            PlanField.AreasAllFace => ("All planned areas belong to the face.", "A planned area lies outside the face."),
            PlanField.LargeBodyArea => ("A planned area is large.", "No planned area is large."),
            PlanField.LayerMismatch => ("An ingredient for a deeper layer is planned with a technique that does not reach it.", "The technique reaches the layer of every planned ingredient."),
            PlanField.HistoryComplete => ("The allergies were asked.", "The allergies were never asked."),
            _ => throw new UnreachableException($"{field} is no flag."),
        };
        return value ? yes : no;
    }

    public static string Number(PlanField field, string compared, decimal value)
    {
        var (what, unit) = field switch
        {
            PlanField.NeedleOuterDiameterMm => ("The outer diameter of the needle", " mm"),
            PlanField.VolumePerInjectionMl => ("The volume of one injection", " ml"),
            PlanField.VolumeTotalMl => ("The total volume", " ml"),
            PlanField.DurationMin => ("The duration of the session", " minutes"),
            PlanField.SessionNumber => ("The number of the session in the course", ""),
            PlanField.DaysSinceLastSession => ("The time since the last session", " days"),
            PlanField.IngredientCount => ("The number of injected ingredients, without excipients and cream,", ""),
            _ => throw new UnreachableException($"{field} is no number."),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{what} is {compared} {value:0.####}{unit}.");
    }

    public static string Choice(PlanField field, string values) => field switch
    {
        PlanField.Technique => $"The technique is {values}.",
        PlanField.Administration => $"The product is given by {values}.",
        PlanField.Setting => $"The place of treatment is {values}.",
        PlanField.InjectionSpeed => $"The speed of injection is {values}.",
        _ => throw new UnreachableException($"{field} is no choice."),
    };

    /// <summary>A technique or alternative by title; other words as a plan writes them.</summary>
    public static string Value(string value, RuleBook book) => value switch
    {
        "home" => "the patient’s home",
        "self" => "the patient’s own hands",
        "non-clinic" => "outside a clinic",
        _ => RuleWords.Inside(book.Techniques.GetValueOrDefault(value)?.Title ?? book.Alternatives.GetValueOrDefault(value)?.Title ?? value.Replace('-', ' ')),
    };
}
