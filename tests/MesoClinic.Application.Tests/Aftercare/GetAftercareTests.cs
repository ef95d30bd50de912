using MesoClinic.Application;
using MesoClinic.Application.Aftercare;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Aftercare;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Aftercare;

public sealed class GetAftercareTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task A_patient_reads_what_holds_since_the_end_of_the_signed_session(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (patient, account, practitioner) = await SomebodyAsync(clinic);
        await clinic.AddSignedSessionAsync(patient, practitioner, TestClinic.Start.AddDays(-3));

        var view = (await clinic.SendAsync(account, new GetAftercare.Query())).Value!;

        var sauna = view.Timeline!.Entries.Single(entry => entry.Id == "ac-no-sauna");
        Assert.Equal(AftercareState.NotAllowed, sauna.Now);
        Assert.Equal(TestClinic.Start.AddDays(11), sauna.Until);
        Assert.Equal(TimeSpan.FromHours(1), sauna.Until!.Value.Offset);
        Assert.Contains("doc-3", view.SourceTitles.Keys);
        Assert.Equal(["Cheeks", "Forehead"], view.Sessions.Single().Areas.Order(StringComparer.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_two_sessions_the_later_end_rules_and_what_only_the_first_forbids_still_holds(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (patient, account, practitioner) = await SomebodyAsync(clinic);
        await clinic.AddSignedSessionAsync(patient, practitioner, TestClinic.Start.AddHours(-40), new SignedSessionOptions { Areas = ["scalp"], LotNumber = "A-1" });
        await clinic.AddSignedSessionAsync(patient, practitioner, TestClinic.Start.AddHours(-20), new SignedSessionOptions { Areas = ["forehead"], LotNumber = "A-2" });

        var entries = (await clinic.SendAsync(account, new GetAftercare.Query())).Value!.Timeline!.Entries;

        Assert.Equal(TestClinic.Start.AddHours(-20 + 336), entries.Single(entry => entry.Id == "ac-no-sauna").Until);
        Assert.Equal(TestClinic.Start.AddHours(-40 + 48), entries.Single(entry => entry.Id == "ac-no-hair-wash").Until);
        Assert.Equal(AftercareState.NotAllowed, entries.Single(entry => entry.Id == "ac-no-hair-wash").Now);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_a_patient_is_allergic_to_is_not_recommended(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var practitioner = await clinic.AddCosmetologistAsync();
        var allergic = await clinic.AddPatientAsync(new PatientOptions
        {
            HealthyHistory = true,
            With = p => p.Allergies.Add(new PatientAllergy { Allergen = "alg-dexpanthenol", NotedOn = clinic.Today }),
        });
        var account = await clinic.AddPatientAccountAsync(allergic);
        await clinic.AddSignedSessionAsync(allergic, practitioner, TestClinic.Start.AddDays(-2));

        var entries = (await clinic.SendAsync(account, new GetAftercare.Query())).Value!.Timeline!.Entries;

        Assert.DoesNotContain(entries, entry => entry.Id == "ac-healing-ointment");
        Assert.Contains(entries, entry => entry.Id == "ac-gentle-wash" && entry.Now == AftercareState.Do);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_unsigned_session_has_no_aftercare_yet(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (_, account, _) = await SomebodyAsync(clinic);

        var view = (await clinic.SendAsync(account, new GetAftercare.Query())).Value!;

        Assert.Null(view.Timeline);
        Assert.Empty(view.Sessions);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Without_a_recent_session_the_preparation_for_the_next_one_is_shown(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (patient, account, practitioner) = await SomebodyAsync(clinic);
        await clinic.AddSignedSessionAsync(patient, practitioner, TestClinic.Start.AddDays(-120));
        var start = TestClinic.Start.AddDays(10).UtcDateTime;
        await clinic.InDatabaseAsync(async db =>
        {
            var room = new Room { Name = "Room 9" };
            db.AddRange(room, new Appointment
            {
                PatientId = patient, PractitionerId = practitioner, RoomId = room.Id, Kind = AppointmentKind.Session, StartUtc = start, EndUtc = start.AddMinutes(30), WallStart = start.AddHours(1),
                BookedById = practitioner, BookedUtc = start.AddDays(-20),
            });
            await db.SaveChangesAsync();
        });

        var view = (await clinic.SendAsync(account, new GetAftercare.Query())).Value!;

        Assert.Null(view.Timeline);
        Assert.Equal(TestClinic.Start.AddDays(10), view.Next!.Start);
        Assert.True(view.Next.Steps.Single(step => step.Id == "pre-no-sun").DueNow);
        Assert.False(view.Next.Steps.Single(step => step.Id == "pre-no-alcohol").DueNow);
        Assert.DoesNotContain(view.Next.Steps, step => step.Id == "pre-guardian");
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Another_patients_aftercare_looks_as_if_it_were_missing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (_, account, practitioner) = await SomebodyAsync(clinic);
        var other = await clinic.AddHealthyPatientAsync();
        await clinic.AddSignedSessionAsync(other, practitioner, TestClinic.Start.AddDays(-1));

        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(account, new GetAftercare.Query(other))).Failure);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(account, new GetMyHome.Query(other))).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(practitioner, new GetAftercare.Query(other))).Failure);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_guardian_chooses_between_the_records_and_each_read_is_written_down_once(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var practitioner = await clinic.AddCosmetologistAsync();
        var first = await clinic.AddPatientAsync(new PatientOptions { GivenName = "Ada", HealthyHistory = true });
        var second = await clinic.AddPatientAsync(new PatientOptions { GivenName = "Bo", HealthyHistory = true });
        var guardian = await clinic.AddPatientAccountAsync(first, second);
        await clinic.AddSignedSessionAsync(second, practitioner, TestClinic.Start.AddDays(-1));

        var view = (await clinic.SendAsync(guardian, new GetAftercare.Query(second))).Value!;
        await clinic.SendAsync(guardian, new GetAftercare.Query(second));

        Assert.NotNull(view.Timeline);
        Assert.Equal([("Ada", false), ("Bo", true)], view.People.Select(person => (person.GivenName, person.IsShown)));
        Assert.Equal(1, await clinic.InDatabaseAsync(db => Task.FromResult(db.AuditEntries.Count(entry => entry.PatientId == second && entry.Action == nameof(GetAftercare)))));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_first_page_names_the_strictest_bans_and_how_many_more_there_are(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (patient, account, practitioner) = await SomebodyAsync(clinic);
        await clinic.AddSignedSessionAsync(patient, practitioner, TestClinic.Start.AddDays(-3));

        var home = (await clinic.SendAsync(account, new GetMyHome.Query())).Value!;

        Assert.Equal("Hannah", home.GivenName);
        Assert.Equal(TestClinic.Start.AddDays(-3), home.LastSession);
        Assert.Equal(4, home.Bans.Count);
        Assert.True(home.MoreBans > 0);
        Assert.Equal(home.Bans.Max(ban => ban.Strictness), home.Bans[0].Strictness);
        Assert.Null(home.Report);
    }

    private static async Task<(Guid Patient, Guid Account, Guid Practitioner)> SomebodyAsync(TestClinic clinic)
    {
        var practitioner = await clinic.AddCosmetologistAsync();
        var patient = await clinic.AddHealthyPatientAsync(practitioner);
        return (patient, await clinic.AddPatientAccountAsync(patient), practitioner);
    }
}
