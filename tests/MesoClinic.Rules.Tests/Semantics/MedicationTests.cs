using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Semantics;

public sealed class MedicationTests
{
    private static MedicationFact Ended(string id, int daysAgo, bool? confirmed = true) =>
        new() { Id = id, LastDose = LastDose.On(Shipped.Day.AddDays(-daysAgo)), PrescriberConfirmedStop = confirmed };

    [Fact]
    public void A_wash_out_ends_on_its_last_day()
    {
        var during = Shipped.Assess(Shipped.Taking(Ended("med-apixaban", 1)));

        Assert.Equal(Decision.Postpone, during.Decision);
        Assert.Equal("Last took apixaban (B01AF02) on 9 July 2026: 1 day before, 2 needed", during.The("ci-anticoagulant-washout").Because);
        Assert.Equal(Shipped.Day.AddDays(1), during.EarliestSafeDate);
        Assert.Equal(Decision.Allow, Shipped.Assess(Shipped.Taking(Ended("med-apixaban", 2))).Decision);
    }

    [Fact]
    public void A_medicine_without_its_own_wash_out_has_that_of_its_class()
    {
        Assert.True(Shipped.Assess(Shipped.Taking(Ended("med-phenindione", 13))).Has("ci-anticoagulant-washout"));
        Assert.False(Shipped.Assess(Shipped.Taking(Ended("med-phenindione", 14))).Has("ci-anticoagulant-washout"));
    }

    [Fact]
    public void A_code_outside_the_table_belongs_to_the_class_of_its_prefix()
    {
        var betrixaban = new MedicationFact { Atc = "B01AF04" };

        Assert.True(Shipped.Assess(Shipped.Taking(betrixaban)).Has("ci-anticoagulant-current"));
        var ended = betrixaban with { LastDose = LastDose.On(Shipped.Day.AddDays(-13)), PrescriberConfirmedStop = true };
        Assert.True(Shipped.Assess(Shipped.Taking(ended)).Has("ci-anticoagulant-washout"));
    }

    [Fact]
    public void A_well_formed_code_that_no_rule_knows_concerns_no_rule() =>
        Assert.Equal(Decision.Allow, Shipped.Assess(Shipped.Taking(new MedicationFact { Atc = "C09AA05" })).Decision);

    [Fact]
    public void A_medicine_by_name_only_is_to_be_identified()
    {
        var assessment = Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-metformin" }, new MedicationFact { Name = "little white pills" }));

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Equal(["medications[1]"], assessment.Missing);
    }

    [Fact]
    public void A_code_of_a_whole_group_does_not_identify_a_medicine()
    {
        var assessment = Shipped.Assess(Shipped.Taking(new MedicationFact { Atc = "B01" }));

        Assert.Equal(["medications[0]"], assessment.Missing);
    }

    [Fact]
    public void A_last_dose_on_an_unknown_day_is_unknown()
    {
        var assessment = Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-rivaroxaban", LastDose = LastDose.Unknown, PrescriberConfirmedStop = true }));

        Assert.Equal(Decision.Incomplete, assessment.Decision);
        Assert.Equal(["medications[0].lastDose"], assessment.Missing);
    }

    [Theory]
    [InlineData(false, Decision.Refuse)]
    [InlineData(null, Decision.Incomplete)]
    [InlineData(true, Decision.Allow)]
    public void An_anticoagulant_that_ended_must_have_been_ended_by_the_prescriber(bool? confirmed, Decision expected)
    {
        var assessment = Shipped.Assess(Shipped.Taking(Ended("med-rivaroxaban", 40, confirmed)));

        Assert.Equal(expected, assessment.Decision);
        Assert.Equal(confirmed is null ? ["medications[0].prescriberConfirmedStop"] : [], assessment.Missing);
    }

    [Fact]
    public void A_medicine_that_is_still_taken_is_within_its_days()
    {
        var assessment = Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-isotretinoin-oral" }));

        Assert.True(assessment.Has("ci-isotretinoin-180d"));
        Assert.Contains("ci-isotretinoin-180d", assessment.WaitingFor, StringComparer.Ordinal);
    }

    [Fact]
    public void A_medicine_that_begins_later_does_not_count_yet() =>
        Assert.Equal(Decision.Allow, Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-rivaroxaban", Started = Shipped.Day.AddDays(1) })).Decision);

    [Fact]
    public void An_excluded_prefix_wins_over_the_class()
    {
        // Doxycycline is a systemic antibiotic, but tetracyclines are mostly given for acne.
        Assert.False(Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-doxycycline" })).Has("ci-infection-remote"));
        Assert.True(Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-ciprofloxacin" })).Has("ci-infection-remote"));
    }

    [Fact]
    public void Glucosamine_is_no_anti_inflammatory_drug_before_or_after_its_last_dose()
    {
        Assert.Equal(Decision.Allow, Shipped.Assess(Shipped.Taking(new MedicationFact { Atc = "M01AX05" })).Decision);
        Assert.Equal(Decision.Allow, Shipped.Assess(Shipped.Taking(new MedicationFact { Atc = "M01AX05", LastDose = LastDose.On(Shipped.Day.AddDays(-1)) })).Decision);
    }

    [Fact]
    public void The_same_supplement_twice_is_not_two()
    {
        Assert.False(Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-ginkgo" }, new MedicationFact { Id = "med-ginkgo" })).Has("ci-bleeding-supplement-combined"));
        Assert.True(Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-ginkgo" }, new MedicationFact { Id = "med-garlic" })).Has("ci-bleeding-supplement-combined"));
        Assert.True(Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-ginkgo" }, new MedicationFact { Id = "med-sertraline" })).Has("ci-bleeding-supplement-combined"));
    }

    [Fact]
    public void A_light_level_narrows_classes_only()
    {
        Assert.True(Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-doxycycline" })).Has("ci-photosensitiser-sun-season"));
        Assert.False(Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-furosemide" })).Has("ci-photosensitiser-sun-season"));
        Assert.True(Shipped.Assess(Shipped.Taking(new MedicationFact { Id = "med-furosemide" })).Has("ci-photosensitiser-weak"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_medicine_that_is_taken_again_counts_whatever_an_older_record_says(bool olderRecordFirst)
    {
        var herbs = Shipped.Knowledge.Medications.Where(m => m.Classes.Contains("herbal-blood-thinner")).Select(m => m.Id).Take(2).ToArray();
        MedicationFact[] records =
        [
            new() { Id = herbs[0], LastDose = LastDose.On(Shipped.Day.AddYears(-1)), PrescriberConfirmedStop = true },
            new() { Id = herbs[0] },
            new() { Id = herbs[1] },
        ];

        Assert.True(Shipped.Assess(Shipped.Taking(olderRecordFirst ? records : [.. records.Reverse()])).Has("ci-bleeding-supplement-combined"));
    }
}
