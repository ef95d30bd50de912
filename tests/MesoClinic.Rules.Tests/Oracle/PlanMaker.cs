using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Tests.Oracle;

/// <summary>Makes plans: most are without fault, so that a single fault shows; some have holes.</summary>
internal sealed class PlanMaker(Chance chance, DateOnly day)
{
    private static readonly KnowledgeBase Tables = Shipped.Knowledge;
    private static readonly string?[] Techniques = [null, .. Tables.Techniques.Select(t => t.Id), .. Tables.Alternatives.Select(a => a.Id), "tech-mystery"];

    public TreatmentPlan Any()
    {
        var plan = Shipped.StartedPlan with
        {
            Indication = chance.Percent(60) ? "ind-wrinkles" : chance.Percent(95) ? chance.Of(Tables.Indications).Id : "ind-mystery",
            Areas = chance.Percent(60) ? ["forehead"] : chance.Some(() => chance.Percent(3) ? "mystery" : chance.Of(Tables.Areas).Id),
            Technique = chance.Percent(60) ? "tech-nappage" : chance.Of(Techniques),
            SessionNumber = chance.Either(1, 1, 2, 15, 16),
            LastSession = chance.Percent(70) ? null : LastSession(5),
            LabelVerifiedFreeOf = chance.Some(() => chance.Of(Tables.Allergens).Id),
            LabelCompositionVerified = chance.Percent(70) ? [] : chance.Some(() => chance.Of(Tables.Ingredients).Id, 20),
            Doses = chance.Percent(70) ? null : chance.Some(Dose),
            Given = chance.Percent(60) ? null : chance.Some(() => new GivenIngredient(chance.Of(Tables.Ingredients).Id, Earlier(chance.Between(-3, 40))), 8),
            ProductRecalled = chance.Either<bool?>(null, null, false, true),
        };
        return chance.Percent(50) ? plan : WithHoles(plan);
    }

    public TreatmentPlan Leaning(TreatmentPlan plan, Predicate wanted) => wanted switch
    {
        PlannedAreaPredicate p => plan with { Areas = chance.Percent(20) ? null : [chance.Of([.. Tables.Areas.Where(a => p.In.Contains(a.Id) || a.Groups.Intersect(p.In).Any())]).Id] },
        PlannedIndicationPredicate => plan with { Indication = chance.Percent(20) ? null : chance.Of(Tables.Indications).Id },
        PlanFlagPredicate p => Flag(plan, p.Field, chance.Percent(20) ? null : chance.Percent(85) == p.Is),
        PlanNumberPredicate p => Number(plan, p.Field, chance.Percent(20) ? null : p.Value + chance.Either(-1m, 0, 0.01m, 1m)),
        PlannedDosePredicate p => plan with { Doses = chance.Percent(20) ? null : [.. chance.Some(() => Dose(chance.Of(p.Ingredients))), Dose(chance.Of(p.Ingredients))] },
        GivenWithinPredicate p => plan with { SessionNumber = chance.Either<int?>(1, 2, null), Given = chance.Percent(20) ? null : [.. plan.Given ?? [], new GivenIngredient(chance.Of(p.Ingredients), Earlier(p.Days + chance.Between(-2, 1)))] },
        GivenTimesPredicate p => plan with { SessionNumber = chance.Either<int?>(1, 2, null), Given = chance.Percent(20) ? null : [.. Enumerable.Range(1, p.AtLeast + chance.Between(-1, 1)).Select(time => new GivenIngredient(chance.Of(p.Ingredients), Earlier(time * chance.Between(14, 30))))] },
        PlanChoicePredicate p => Choice(plan, p.Field, chance.Percent(20) ? null : chance.Of(p.In)),
        _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted.GetType().Name, "Nobody knows how to lean towards this."),
    };

    private TreatmentPlan WithHoles(TreatmentPlan plan)
    {
        bool Hole() => chance.Percent(15);
        return plan with
        {
            Indication = Hole() ? null : plan.Indication,
            Areas = Hole() ? null : plan.Areas,
            Administration = Hole() ? null : plan.Administration,
            NeedleOuterDiameterMm = Hole() ? null : plan.NeedleOuterDiameterMm,
            VolumePerInjectionMl = Hole() ? null : plan.VolumePerInjectionMl,
            VolumeTotalMl = Hole() ? null : plan.VolumeTotalMl,
            DurationMin = Hole() ? null : plan.DurationMin,
            InjectionSpeed = Hole() ? null : plan.InjectionSpeed,
            SessionNumber = Hole() ? null : plan.SessionNumber,
            FirstUseOfProduct = Hole() ? null : plan.FirstUseOfProduct,
            SkinTestDocumented = Hole() ? null : plan.SkinTestDocumented,
            ConsultationDone = Hole() ? null : plan.ConsultationDone,
            Setting = Hole() ? null : plan.Setting,
            ProductTraceable = Hole() ? null : plan.ProductTraceable,
            AmpouleOpenedBefore = Hole() ? null : plan.AmpouleOpenedBefore,
            ProductExpired = Hole() ? null : plan.ProductExpired,
            AsepsisComplete = Hole() ? null : plan.AsepsisComplete,
        };
    }

    private TreatmentPlan Flag(TreatmentPlan plan, PlanField field, bool? value) => field switch
    {
        PlanField.FirstUseOfProduct => plan with { FirstUseOfProduct = value },
        PlanField.SkinTestDocumented => plan with { SkinTestDocumented = value },
        PlanField.SkinTestReacted => plan with { SkinTestReacted = value, Ingredients = chance.Percent(20) ? null : plan.Ingredients },
        PlanField.ConsultationDone => plan with { ConsultationDone = value },
        PlanField.ProductTraceable => plan with { ProductTraceable = value },
        PlanField.AmpouleOpenedBefore => plan with { AmpouleOpenedBefore = value },
        PlanField.ProductExpired => plan with { ProductExpired = value },
        PlanField.AsepsisComplete => plan with { AsepsisComplete = value },
        PlanField.AreasAnyFace or PlanField.AreasAllFace => plan with { Areas = value is null ? null : value.Value ? ["forehead", "cheeks"] : ["forehead", "thighs"] },
        PlanField.LargeBodyArea => plan with { Areas = value is null ? null : [chance.Of([.. Tables.Areas.Where(a => a.Groups.Contains("large"))]).Id] },
        PlanField.LayerMismatch => plan with { Technique = value is null ? null : value.Value ? "tech-nappage" : "tech-mesoinfiltration" },
        PlanField.ProductRecalled => plan with { ProductRecalled = value },
        _ => plan,
    };

    private TreatmentPlan Number(TreatmentPlan plan, PlanField field, decimal? value) => field switch
    {
        PlanField.NeedleOuterDiameterMm => plan with { NeedleOuterDiameterMm = value },
        PlanField.VolumePerInjectionMl => plan with { VolumePerInjectionMl = value },
        PlanField.VolumeTotalMl => plan with { VolumeTotalMl = value },
        PlanField.DurationMin => plan with { DurationMin = (int?)value },
        PlanField.SessionNumber => plan with { SessionNumber = (int?)value },
        PlanField.DaysSinceLastSession => plan with { LastSession = value is null ? null : LastSession((int)value), SessionNumber = chance.Either<int?>(null, 1, 2) },
        _ => plan,
    };

    private static TreatmentPlan Choice(TreatmentPlan plan, PlanField field, string? value) => field switch
    {
        PlanField.Technique => plan with { Technique = value },
        PlanField.Administration => plan with { Administration = value },
        PlanField.Setting => plan with { Setting = value },
        PlanField.InjectionSpeed => plan with { InjectionSpeed = value },
        _ => plan,
    };

    private DateOnly LastSession(int days) => Earlier(days + chance.Between(-1, 1));

    private DateOnly Earlier(int days) => day.AddDays(Math.Min(-days, DateOnly.MaxValue.DayNumber - day.DayNumber));

    private Dose Dose() => Dose(chance.Either("ing-procaine", "ing-lidocaine", "ing-vitamin-c"));

    private Dose Dose(string ingredient) => new(ingredient, chance.Percent(15) ? null : chance.Either(20m, 21m, 90m, 100m, 101m, 120m, 199m, 201m, 300m), null);
}
