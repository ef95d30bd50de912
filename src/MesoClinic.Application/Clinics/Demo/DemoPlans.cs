using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Application.Clinics.Demo;

internal static class DemoPlans
{
    public static PlannedTreatment PlanOf(Indication indication, DemoStock stock) => new()
    {
        Indication = indication.Id,
        Areas = AreasOf(indication.Id),
        Technique = indication.Techniques.Contains("tech-nappage", StringComparer.Ordinal) ? "tech-nappage" : indication.Techniques[0],
        Administration = "tech-manual",
        Ingredients = [.. stock.CocktailOf(indication.TypicalIngredients).Select(part => part.Product.Ingredients[0].Ingredient)],
    };

    /// <summary>What was known then: a complete history without finding.</summary>
    public static PatientFacts FactsThen(Patient patient) => new()
    {
        BirthDate = patient.BirthDate,
        Sex = patient.Sex,
        Fitzpatrick = patient.Fitzpatrick,
        Answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-contraception"] = "yes" },
    };

    public static TreatmentPlan StartPlan(Session session, PlannedTreatment plan, DateOnly? last, int minutes) => new()
    {
        Indication = plan.Indication,
        Areas = plan.Areas,
        Technique = plan.Technique,
        Administration = plan.Administration,
        NeedleOuterDiameterMm = session.NeedleOuterDiameterMm,
        DepthMm = session.Totals.DeepestMm,
        VolumePerInjectionMl = session.Totals.LargestMl,
        VolumeTotalMl = session.VolumeTotalMl,
        DurationMin = minutes - 10,
        InjectionSpeed = session.InjectionSpeed,
        SessionNumber = session.Number,
        LastSession = last,
        Ingredients = plan.Ingredients,
        Doses = [],
        FirstUseOfProduct = session.Number == 1,
        SkinTestDocumented = true,
        LabelVerifiedFreeOf = ["alg-parabens", "alg-sulfites"],
        LabelCompositionVerified = plan.Ingredients,
        ConsultationDone = true,
        Setting = "clinic",
        ProductTraceable = true,
        AmpouleOpenedBefore = false,
        ProductExpired = false,
        AsepsisComplete = true,
    };

    public static Consent ConsentOf(RuleBook book, Clinic clinic, Patient patient, Appointment appointment, PlannedTreatment plan, StaffMember practitioner, DemoIds ids)
    {
        var (version, wording) = BuiltInConsentTexts.Of(ConsentKind.Treatment);
        var until = DateOnly.FromDateTime(appointment.StartUtc).AddMonths(clinic.ConsentMonths);
        var subject = new ConsentSubject(ConsentKind.Treatment, plan.Areas, plan.Technique, plan.Ingredients);
        var consent = new Consent
        {
            Id = ids.Next(),
            PatientId = patient.Id,
            AppointmentId = appointment.Id,
            TemplateVersion = version,
            Text = ConsentWording.Write(book, wording, null, subject, new ConsentFacts(patient.FullName, patient.BirthDate, clinic.Name, clinic.Phone, clinic.EmergencyNumber, until)),
            Areas = [.. plan.Areas],
            Technique = plan.Technique,
            Ingredients = [.. plan.Ingredients],
            SignedName = patient.FullName,
            SignedUtc = appointment.StartUtc.AddMinutes(4),
            WitnessId = practitioner.Id,
            ExpiresOn = until,
        };
        consent.ContentHash = ConsentForms.HashOf(consent);
        return consent;
    }

    private static IReadOnlyList<string> AreasOf(string indication) => indication switch
    {
        "ind-eye-area-wrinkles" or "ind-eye-bags-dark-circles" => ["periorbital"],
        "ind-alopecia" or "ind-hair-stimulation" => ["scalp"],
        "ind-neck-folds" => ["neck", "decollete"],
        "ind-stretch-marks" => ["abdomen"],
        "ind-facial-contour" => ["jawline", "chin"],
        "ind-skin-laxity-lifting" => ["cheeks", "jawline"],
        "ind-oily-skin" or "ind-enlarged-pores" => ["nose", "cheeks"],
        _ => ["forehead", "cheeks"],
    };
}
