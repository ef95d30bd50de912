using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Semantics;

/// <summary>What must be known when: at booking, at the visit, at the start.</summary>
public sealed class StageTests
{
    [Fact]
    public void What_only_the_day_can_tell_is_neither_asked_nor_missing_at_booking()
    {
        var booking = Shipped.Assess(Shipped.Clean with { HistoryComplete = false, Stage = Stage.Booking });
        var visit = Shipped.Assess(Shipped.Clean with { HistoryComplete = false, Stage = Stage.Visit });
        string[] ofTheDay = ["v-fever", "v-skin-infection-in-area", "q-alcohol-last-24h", "q-menstruating-today", "q-facial-treatment-today", "vitals.temperature_c"];

        Assert.Empty(booking.Missing.Concat(booking.StillToAsk).Intersect(ofTheDay, StringComparer.Ordinal));
        Assert.Empty(ofTheDay.Except(visit.Missing, StringComparer.Ordinal));
        Assert.Contains("q-epilepsy", booking.Missing, StringComparer.Ordinal);
    }

    [Fact]
    public void What_is_known_early_counts_at_booking()
    {
        var assessment = Shipped.Assess(Shipped.Answering(("v-fever", "yes")) with { Stage = Stage.Booking });

        Assert.Equal(Decision.Postpone, assessment.Decision);
    }

    [Theory]
    [InlineData(Stage.Booking)]
    [InlineData(Stage.Visit)]
    public void A_plan_that_is_not_decided_yet_fires_nothing_before_the_start(Stage stage)
    {
        var assessment = Shipped.Assess(Shipped.With(new TreatmentPlan()) with { Stage = stage });

        Assert.Equal(Decision.Allow, assessment.Decision);
    }

    [Fact]
    public void A_complete_plan_may_start() =>
        Assert.Equal(Decision.Allow, Shipped.Assess(Shipped.With(Shipped.StartedPlan) with { Stage = Stage.Start }).Decision);

    public static TheoryData<string, TreatmentPlan> PlansWithoutAField()
    {
        var plan = Shipped.StartedPlan;
        return new TheoryData<string, TreatmentPlan>
        {
            { "indication", plan with { Indication = null } },
            { "areas", plan with { Areas = null } },
            { "technique", plan with { Technique = null } },
            { "administration", plan with { Administration = null } },
            { "needleOuterDiameterMm", plan with { NeedleOuterDiameterMm = null } },
            { "volumePerInjectionMl", plan with { VolumePerInjectionMl = null } },
            { "volumeTotalMl", plan with { VolumeTotalMl = null } },
            { "durationMin", plan with { DurationMin = null } },
            { "injectionSpeed", plan with { InjectionSpeed = null } },
            { "sessionNumber", plan with { SessionNumber = null } },
            { "lastSession", plan with { SessionNumber = 2 } },
            { "ingredients", plan with { Ingredients = null } },
            { "doses", plan with { Ingredients = ["ing-procaine"] } },
            { "firstUseOfProduct", plan with { FirstUseOfProduct = null } },
            { "skinTestDocumented", plan with { SkinTestDocumented = null } },
            { "consultationDone", plan with { ConsultationDone = null } },
            { "setting", plan with { Setting = null } },
            { "productTraceable", plan with { ProductTraceable = null } },
            { "ampouleOpenedBefore", plan with { AmpouleOpenedBefore = null } },
            { "productExpired", plan with { ProductExpired = null } },
            { "asepsisComplete", plan with { AsepsisComplete = null } },
        };
    }

    [Theory]
    [MemberData(nameof(PlansWithoutAField))]
    public void At_the_start_every_plan_field_that_a_rule_reads_must_be_filled_in(string field, TreatmentPlan plan)
    {
        var assessment = Shipped.Assess(Shipped.With(plan) with { Stage = Stage.Start });

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Contains(field, assessment.Missing, StringComparer.Ordinal);
    }

    [Fact]
    public void A_treatment_without_a_needle_needs_no_needle_fields()
    {
        var plan = Shipped.StartedPlan with
        {
            Technique = "alt-phonophoresis",
            Administration = null,
            NeedleOuterDiameterMm = null,
            VolumePerInjectionMl = null,
            VolumeTotalMl = null,
            InjectionSpeed = null,
        };

        Assert.Equal(Decision.Allow, Shipped.Assess(Shipped.With(plan) with { Stage = Stage.Start }).Decision);
    }

    [Fact]
    public void Lidocaine_needs_the_weight_at_every_stage_once_its_dose_is_planned()
    {
        var plan = Shipped.CleanPlan with { Ingredients = ["ing-lidocaine"], Doses = [new Dose("ing-lidocaine", 180, 9)] };

        Assert.Equal(["weightKg"], Shipped.Assess(Shipped.With(plan)).Missing);
        Assert.True(Shipped.Assess(Shipped.With(plan) with { Patient = Shipped.CleanPatient with { WeightKg = 59 } }).Has("tr-anaesthetic-dose"));
        Assert.False(Shipped.Assess(Shipped.With(plan) with { Patient = Shipped.CleanPatient with { WeightKg = 60 } }).Has("tr-anaesthetic-dose"));
    }

    [Fact]
    public void All_doses_of_an_anaesthetic_count_together()
    {
        var plan = Shipped.CleanPlan with { Ingredients = ["ing-procaine"], Doses = [new Dose("ing-procaine", 120, null), new Dose("ing-procaine", 81, null)] };

        Assert.True(Shipped.Assess(Shipped.With(plan)).Has("tr-anaesthetic-dose"));
    }
}
