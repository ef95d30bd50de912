using FsCheck;
using FsCheck.Fluent;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Tests.Aftercare;

public sealed class AftercareProperties
{
    private static readonly DateTimeOffset Start = new(2026, 2, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Areas = [.. Shipped.Knowledge.Areas.Select(area => area.Id)];
    private static readonly string[] Ingredients = ["ing-hyaluronic-acid", "ing-vitamin-c", "ing-achyal"];

    private static readonly Gen<TreatedSession> Session =
        from hours in Gen.Choose(0, 24 * 60)
        from minutes in Gen.Choose(0, 59)
        from areas in Gen.Elements(Areas).ListOf()
        from ingredients in Gen.Elements(Ingredients).ListOf()
        from recorded in Gen.Choose(0, 3)
        select new TreatedSession(
            Start.AddHours(hours).AddMinutes(minutes),
            recorded == 0 ? null : [.. areas.Take(3)],
            recorded == 1 ? null : [.. ingredients.Take(2)]);

    private static readonly Gen<PatientFacts> Patient =
        from allergies in Gen.Elements("alg-heparin", "alg-asteraceae", "alg-xanthines", "alg-paba", "alg-latex").ListOf()
        from ended in Gen.Choose(-1, 70)
        from known in Gen.Choose(0, 2)
        select new PatientFacts
        {
            Allergies = known == 0 ? null : [.. allergies.Take(2)],
            Conditions = [],
            Medications = known == 1 ? null :
            [
                new MedicationFact { Atc = "J01AA02", LastDose = ended < 0 ? LastDose.StillTaken : LastDose.On(DateOnly.FromDateTime(Start.DateTime).AddDays(ended)) },
            ],
        };

    private static readonly Gen<(TreatedSession[] Sessions, TreatedSession Another, PatientFacts Patient, DateTimeOffset At)> Cases =
        from first in Session
        from others in Session.ListOf()
        from another in Session
        from patient in Patient
        from hours in Gen.Choose(0, 24 * 100)
        select ((TreatedSession[])[first, .. others.Take(3)], another, patient, Start.AddHours(hours));

    [Fact]
    public void Another_session_never_makes_anything_allowed_earlier() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var before = For(c.Sessions, c.Patient, c.At);
        var after = For([.. c.Sessions, c.Another], c.Patient, c.At).Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        return before.Entries.Where(entry => !entry.Do).All(ban =>
            after.TryGetValue(ban.Id, out var still) &&
            (ban.Now == AftercareState.Allowed || still.Now == AftercareState.NotAllowed) &&
            (still.Until is null || still.Until >= ban.Until));
    }).Check(Thorough);

    [Fact]
    public void Another_session_never_brings_the_all_clear_forward() => Prop.ForAll(Cases.ToArbitrary(), c =>
        For([.. c.Sessions, c.Another], c.Patient, c.At).AllClear >= For(c.Sessions, c.Patient, c.At).AllClear).Check(Thorough);

    [Fact]
    public void Knowing_more_of_the_patient_never_lengthens_the_list_of_recommendations() => Prop.ForAll(Cases.ToArbitrary(), c =>
        For(c.Sessions, c.Patient, c.At).Entries.Where(entry => entry.Do).Select(entry => entry.Id)
            .All(For(c.Sessions, new PatientFacts(), c.At).Entries.Select(entry => entry.Id).Contains)).Check(Thorough);

    [Fact]
    public void Once_a_ban_has_ended_it_stays_ended_and_the_order_of_the_sessions_does_not_matter() => Prop.ForAll(Cases.ToArbitrary(), c =>
    {
        var now = For(c.Sessions, c.Patient, c.At);
        var reversed = For([.. c.Sessions.Reverse()], c.Patient, c.At);
        var later = For(c.Sessions, c.Patient, c.At.AddHours(50)).Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var last = c.Sessions.Max(session => session.End);
        return now.Entries.SequenceEqual(reversed.Entries) &&
            now.Entries.Where(entry => !entry.Do && entry.Now == AftercareState.Allowed && c.At >= last).All(ban => later[ban.Id].Now == AftercareState.Allowed);
    }).Check(Thorough);

    private static Config Thorough => Config.QuickThrowOnFailure.WithMaxTest(500);

    private static AftercareTimeline For(TreatedSession[] sessions, PatientFacts patient, DateTimeOffset at) =>
        AftercareTimeline.For(sessions, patient, at, ShippedCare.Aftercare);
}
