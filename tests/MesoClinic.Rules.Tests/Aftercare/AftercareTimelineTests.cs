using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Aftercare;

public sealed class AftercareTimelineTests
{
    internal static readonly DateTimeOffset End = new(2026, 6, 13, 15, 30, 0, TimeSpan.FromHours(1));

    internal static readonly PatientFacts Healthy = new()
    {
        Allergies = [],
        Conditions = [],
        Medications = [],
        Answers = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["q-bleeding-disorder"] = "no",
            ["q-prolonged-bleeding-after-minor-injury"] = "no",
            ["q-takes-blood-thinner"] = "no",
        },
    };

    internal static readonly PatientFacts NothingKnown = new();

    [Theory]
    [InlineData("ac-no-sauna", 336)]
    [InlineData("ac-no-hot-places", 336)]
    [InlineData("ac-no-solarium", 336)]
    [InlineData("ac-no-botulinum-filler-peel", 336)]
    [InlineData("ac-no-laser-medium-peel", 672)]
    [InlineData("ac-no-sport", 168)]
    [InlineData("ac-no-massage", 168)]
    [InlineData("ac-no-decorative-cosmetics", 168)]
    [InlineData("ac-no-hot-food", 72)]
    [InlineData("ac-no-water-24h", 24)]
    public void A_ban_holds_from_the_end_of_the_session_to_the_hour_of_its_row(string id, int hours)
    {
        Assert.Equal(AftercareState.Allowed, Entry(id, End.AddTicks(-1)).Now);
        Assert.Equal(AftercareState.NotAllowed, Entry(id, End).Now);
        Assert.Equal(AftercareState.NotAllowed, Entry(id, End.AddHours(hours).AddTicks(-1)).Now);
        Assert.Equal(AftercareState.Allowed, Entry(id, End.AddHours(hours)).Now);
        Assert.Equal((End, End.AddHours(hours)), (Entry(id, End).From, Entry(id, End).Until));
    }

    [Theory]
    [InlineData("ac-spf", 24, 720)]
    [InlineData("ac-gentle-wash", 24, 168)]
    [InlineData("ac-healing-ointment", 24, 168)]
    [InlineData("ac-cold-compress", 0, 72)]
    public void A_recommendation_waits_for_its_hour_and_ends_with_its_row(string id, int from, int to)
    {
        Assert.Equal(AftercareState.NotAllowed, Entry(id, End.AddHours(from).AddTicks(-1)).Now);
        Assert.Equal(AftercareState.Do, Entry(id, End.AddHours(from)).Now);
        Assert.Equal(AftercareState.Do, Entry(id, End.AddHours(to).AddTicks(-1)).Now);
        Assert.Equal(AftercareState.Allowed, Entry(id, End.AddHours(to)).Now);
    }

    [Fact]
    public void All_clear_is_the_end_of_the_last_ban()
    {
        var timeline = For(Healthy, End, new TreatedSession(End, ["forehead"], ["ing-vitamin-c"]));

        Assert.Equal(End.AddHours(672), timeline.AllClear);
    }

    [Fact]
    public void Without_a_session_there_is_nothing_to_keep_and_no_all_clear()
    {
        var timeline = For(Healthy, End);

        Assert.Empty(timeline.Entries);
        Assert.Empty(timeline.Milestones);
        Assert.Null(timeline.AllClear);
    }

    [Fact]
    public void Of_several_sessions_the_latest_end_counts_in_whatever_order_they_come()
    {
        var second = End.AddDays(10);
        var timeline = For(Healthy, End.AddDays(12), new TreatedSession(second, ["forehead"]), new TreatedSession(End, ["forehead"]));

        var sauna = Assert.Single(timeline.Entries, entry => entry.Id == "ac-no-sauna");
        Assert.Equal((End, second.AddHours(336), AftercareState.NotAllowed), (sauna.From, sauna.Until!.Value, sauna.Now));
        Assert.Equal(second.AddHours(672), timeline.AllClear);
    }

    [Fact]
    public void A_ban_that_had_ended_before_the_next_session_begins_anew()
    {
        var second = End.AddDays(30);
        var timeline = For(Healthy, second, new TreatedSession(End), new TreatedSession(second));

        Assert.Equal(second, Assert.Single(timeline.Entries, entry => entry.Id == "ac-no-sauna").From);
    }

    [Fact]
    public void Fresh_punctures_suspend_what_the_old_ones_already_allowed()
    {
        var second = End.AddDays(3);
        var timeline = For(Healthy, second.AddHours(1), new TreatedSession(End, ["cheeks"]), new TreatedSession(second, ["cheeks"]));

        Assert.Equal(AftercareState.NotAllowed, Assert.Single(timeline.Entries, entry => entry.Id == "ac-gentle-wash").Now);
        Assert.Equal(AftercareState.NotAllowed, Assert.Single(timeline.Entries, entry => entry.Id == "ac-no-water-24h").Now);
    }

    [Theory]
    [InlineData("ac-no-hair-wash", "scalp", true)]
    [InlineData("ac-no-hair-wash", "cheeks", false)]
    [InlineData("ac-sunglasses-eye", "eyelids", true)]
    [InlineData("ac-sunglasses-eye", "thighs", false)]
    [InlineData("ac-no-water-24h", "nose", true)]
    [InlineData("ac-no-water-24h", "abdomen", false)]
    [InlineData("ac-sleep-position", "jawline", true)]
    [InlineData("ac-antiseptic-wipe", "eyelids", false)]
    [InlineData("ac-no-sauna", "thighs", true)]
    public void A_row_for_an_area_or_a_group_of_areas_applies_there_only(string id, string area, bool applies) =>
        Assert.Equal(applies, Ids(Healthy, new TreatedSession(End, [area], [])).Contains(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Areas_that_were_not_recorded_may_be_any(string? recorded)
    {
        var ids = Ids(Healthy, new TreatedSession(End, recorded is null ? null : [], []));

        Assert.Superset(Set("ac-no-hair-wash", "ac-sunglasses-eye", "ac-no-water-24h"), ids);
    }

    [Theory]
    [InlineData(true, "ing-hyaluronic-acid")]
    [InlineData(true, "ing-hyaluronic-acid-crosslinked")]
    [InlineData(true, "ing-vitamin-c", "ing-hyaluronic-acid")]
    [InlineData(true, "ing-achyal")]
    [InlineData(true, "ing-not-in-the-table")]
    [InlineData(false, "ing-vitamin-c")]
    [InlineData(false)]
    public void Vaccination_and_dental_work_wait_after_hyaluronic_acid_and_after_whatever_may_contain_it(bool applies, params string[] ingredients) =>
        Assert.Equal(applies, Ids(Healthy, new TreatedSession(End, ["forehead"], ingredients)).Contains("ac-no-dental-vaccine"));

    [Fact]
    public void Ingredients_that_were_not_recorded_may_be_any() =>
        Assert.Contains("ac-no-dental-vaccine", Ids(Healthy, new TreatedSession(End, ["forehead"])));

    [Theory]
    [InlineData("alg-dexpanthenol", "ac-healing-ointment")]
    [InlineData("alg-heparin", "ac-bruise-ointment")]
    [InlineData("alg-chlorhexidine", "ac-antiseptic-wipe")]
    public void What_a_patient_is_allergic_to_is_never_recommended(string allergy, string id)
    {
        Assert.Contains(id, Ids(Healthy, new TreatedSession(End)));
        Assert.DoesNotContain(id, Ids(Healthy with { Allergies = [allergy] }, new TreatedSession(End)));
    }

    [Theory]
    [InlineData("alg-asteraceae", "herbal tea,chamomile tea")]
    [InlineData("alg-bovine-protein", "dairy")]
    [InlineData("alg-chlorhexidine", "chlorhexidine")]
    [InlineData("alg-dexpanthenol", "dexpanthenol,lanolin,panthenol")]
    [InlineData("alg-heparin", "heparin")]
    public void No_recommendation_names_what_the_patient_is_allergic_to(string allergy, string words)
    {
        var patient = Healthy with { Allergies = [allergy] };
        for (var hour = 0; hour < 2400; hour += 12)
        {
            var offered = For(patient, End.AddHours(hour), new TreatedSession(End)).Entries.Where(entry => entry.Now != AftercareState.NotAllowed);
            Assert.DoesNotContain(offered, entry => words.Split(',').Any(word => entry.Subject.Contains(word, StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Theory]
    [InlineData("alg-asteraceae", "ac-herbal-compress")]
    [InlineData("alg-xanthines", "ac-no-caffeine")]
    public void A_ban_on_what_the_patient_does_not_tolerate_has_no_end_and_does_not_delay_the_all_clear(string allergy, string id)
    {
        var timeline = For(Healthy with { Allergies = [allergy] }, End.AddYears(1), new TreatedSession(End));

        var ban = Assert.Single(timeline.Entries, entry => entry.Id == id);
        Assert.Equal((AftercareState.NotAllowed, (DateTimeOffset?)null), (ban.Now, ban.Until));
        Assert.Equal(End.AddHours(672), timeline.AllClear);
    }

    [Fact]
    public void Sunscreen_stays_recommended_to_somebody_allergic_to_paba_but_without_it()
    {
        var entry = Entry("ac-spf", End.AddDays(2), Healthy with { Allergies = ["alg-paba"] });

        Assert.Contains("without PABA", entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("PABA", Entry("ac-spf", End.AddDays(2)).Text, StringComparison.Ordinal);
    }

    public static TheoryData<PatientFacts> Bleeding() => new(
        Healthy with { Medications = [new MedicationFact { Atc = "B01AF01" }] },
        Healthy with { Medications = [new MedicationFact { Id = "med-warfarin", LastDose = LastDose.On(new DateOnly(2026, 6, 12)) }] },
        Healthy with { Conditions = [new ConditionFact("D66")] },
        Healthy with { Conditions = [new ConditionFact("D69.6", ConditionStatus.History)] },
        Healthy with { Answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-takes-blood-thinner"] = "yes" } });

    [Theory]
    [MemberData(nameof(Bleeding))]
    public void Bruise_ointment_is_not_recommended_to_somebody_who_bleeds_easily(PatientFacts patient) =>
        Assert.DoesNotContain("ac-bruise-ointment", Ids(patient, new TreatedSession(End)));

    [Fact]
    public void Cold_is_not_recommended_with_cold_urticaria() =>
        Assert.DoesNotContain("ac-cold-compress", Ids(Healthy with { Conditions = [new ConditionFact("L50.2")] }, new TreatedSession(End)));

    public static TheoryData<MedicationFact, bool> Light() => new()
    {
        { new MedicationFact { Atc = "J01AA02" }, true },
        { new MedicationFact { Atc = "J01AA12" }, true },
        { new MedicationFact { Atc = "J01AA02", LastDose = LastDose.On(new DateOnly(2026, 6, 10)) }, true },
        { new MedicationFact { Atc = "J01AA02", LastDose = LastDose.On(new DateOnly(2026, 6, 20)) }, true },
        { new MedicationFact { Atc = "J01AA02", LastDose = LastDose.On(new DateOnly(2026, 1, 1)) }, false },
        { new MedicationFact { Atc = "J01AA02", LastDose = LastDose.Unknown }, true },
        { new MedicationFact { Name = "some tablets" }, true },
        { new MedicationFact { Atc = "H03AA01" }, false },
    };

    [Theory]
    [MemberData(nameof(Light))]
    public void Strong_light_is_banned_while_a_medicine_makes_the_skin_sensitive_or_may_do_so(MedicationFact medicine, bool applies) =>
        Assert.Equal(applies, Ids(Healthy with { Medications = [medicine] }, new TreatedSession(End)).Contains("ac-no-laser-light"));

    [Fact]
    public void A_later_session_does_not_lift_the_ban_that_a_medicine_put_on_an_earlier_one()
    {
        var patient = Healthy with { Medications = [new MedicationFact { Atc = "J01AA02", LastDose = LastDose.On(new DateOnly(2026, 6, 8)) }] };
        var timeline = For(patient, End.AddDays(11), new TreatedSession(End), new TreatedSession(End.AddDays(10)));

        var light = Assert.Single(timeline.Entries, entry => entry.Id == "ac-no-laser-light");
        Assert.Equal((AftercareState.NotAllowed, End.AddHours(336)), (light.Now, light.Until!.Value));
    }

    [Fact]
    public void Unknown_facts_leave_every_row_in_force_and_the_words_name_what_must_not_be()
    {
        var timeline = For(NothingKnown, End, new TreatedSession(End));

        Assert.Equal(Shipped.Knowledge.Aftercare.Count, timeline.Entries.Count);
        Assert.Contains("allergy to heparin", Assert.Single(timeline.Entries, entry => entry.Id == "ac-bruise-ointment").Text, StringComparison.Ordinal);
        Assert.Contains("allergic to dexpanthenol", Assert.Single(timeline.Entries, entry => entry.Id == "ac-healing-ointment").Text, StringComparison.Ordinal);
        Assert.Contains("allergic to chlorhexidine", Assert.Single(timeline.Entries, entry => entry.Id == "ac-antiseptic-wipe").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_told_to_stop_a_prescribed_medicine()
    {
        Assert.Contains("Keep taking everything a doctor prescribed", Entry("ac-no-nsaid", End).Text, StringComparison.Ordinal);
        Assert.Contains("Keep taking everything a doctor prescribed", Entry("ac-no-laser-light", End, NothingKnown).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bans_come_first_and_within_a_subject_the_strictest_leads()
    {
        var entries = For(Healthy, End.AddHours(1), new TreatedSession(End, ["forehead"], ["ing-hyaluronic-acid"])).Entries;

        Assert.Equal(entries.OrderBy(entry => entry.Now).Select(entry => entry.Id), entries.Select(entry => entry.Id));
        var procedures = entries.Where(entry => entry.Category == "other-procedures").Select(entry => entry.Id);
        Assert.Equal(["ac-no-laser-medium-peel", "ac-no-botulinum-filler-peel", "ac-no-other-procedures"], procedures);
        Assert.Equal("ac-no-sauna", entries.First(entry => entry.Category == "heat").Id);
    }

    [Fact]
    public void Every_entry_says_what_why_and_from_where()
    {
        Assert.All(For(NothingKnown, End, new TreatedSession(End)).Entries, entry =>
        {
            Assert.EndsWith(".", entry.Text, StringComparison.Ordinal);
            Assert.NotEmpty(entry.Why);
            Assert.NotEmpty(entry.Sources);
            Assert.InRange(entry.Subject.Length, 3, 45);
            Assert.False(entry.Subject.StartsWith("No ", StringComparison.Ordinal), $"{entry.Id}: the subject also stands under \"You may now\".");
        });
    }

    internal static AftercareTimeline For(PatientFacts patient, DateTimeOffset at, params TreatedSession[] sessions) =>
        AftercareTimeline.For(sessions, patient, at, ShippedCare.Aftercare);

    internal static TimelineEntry Entry(string id, DateTimeOffset at, PatientFacts? patient = null) =>
        Assert.Single(For(patient ?? Healthy, at, new TreatedSession(End, ["cheeks"])).Entries, entry => entry.Id == id);

    internal static HashSet<string> Ids(PatientFacts patient, TreatedSession session) =>
        Set([.. For(patient, End, session).Entries.Select(entry => entry.Id)]);

    internal static HashSet<string> Set(params string[] ids) => new(ids, StringComparer.Ordinal);
}
