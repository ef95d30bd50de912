using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Data.Tests;

public sealed class StorageTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_assessment_comes_back_with_its_facts_as_it_was_stored(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var request = new AssessmentRequest
        {
            Date = new DateOnly(2026, 7, 10),
            HistoryComplete = true,
            Patient = new PatientFacts
            {
                BirthDate = new DateOnly(1990, 5, 1),
                Medications = [new MedicationFact { Atc = "B01AF01", LastDose = LastDose.On(new DateOnly(2026, 7, 1)) }],
                Answers = new Dictionary<string, string?>(StringComparer.Ordinal) { ["q-pregnant"] = null },
            },
            Plan = new TreatmentPlan { Technique = "tech-nappage", VolumeTotalMl = 0.02m },
        };
        var result = TestClinic.Book.Value.Assess(request);
        var patient = await AddPatientAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            db.Assessments.Add(new StoredAssessment
            {
                PatientId = patient,
                AtUtc = TestClinic.Start.UtcDateTime,
                ById = Guid.NewGuid(),
                Facts = request,
                Result = result,
                Decision = result.Decision,
                RuleBook = result.RuleBook,
            });
            await db.SaveChangesAsync();
        });

        var stored = await clinic.InDatabaseAsync(db => db.Assessments.SingleAsync());

        Assert.Equal(result.Decision, stored.Decision);
        Assert.Equal(result.Findings.Select(f => (f.Rule, f.Because)), stored.Result.Findings.Select(f => (f.Rule, f.Because)));
        Assert.Equal(LastDose.On(new DateOnly(2026, 7, 1)), stored.Facts.Patient.Medications![0].LastDose);
        Assert.True(stored.Facts.Patient.Answers.TryGetValue("q-pregnant", out var answer) && answer is null);
        Assert.Equal(0.02m, stored.Facts.Plan.VolumeTotalMl);
        Assert.Equal(DateTimeKind.Utc, stored.AtUtc.Kind);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Records_inserted_in_bulk_come_back_with_their_parts(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var patient = new Patient { Id = Guid.NewGuid(), GivenName = "Rosa", FamilyName = "Feld", BirthDate = new DateOnly(1990, 5, 1), SearchText = "rosa feld", Fitzpatrick = 3, RegisteredUtc = TestClinic.Start.UtcDateTime, RegisteredById = Guid.NewGuid() };
        patient.Procedures.Add(new PatientProcedure { Kind = "botulinum-toxin", Date = new DateOnly(2026, 6, 1), Areas = ["forehead"], NotedOn = new DateOnly(2026, 6, 2) });

        await clinic.InDatabaseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.InsertAsync([patient], CancellationToken.None);
            await transaction.CommitAsync();
        });

        var stored = await clinic.InDatabaseAsync(db => db.Patients.Include(p => p.Procedures).SingleAsync(p => p.Id == patient.Id));
        Assert.Equal((patient.BirthDate, patient.Fitzpatrick, patient.Version), (stored.BirthDate, stored.Fitzpatrick, stored.Version));
        Assert.NotEqual(Guid.Empty, stored.Version);
        Assert.Equal(["forehead"], Assert.Single(stored.Procedures).Areas);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_save_against_an_older_version_is_refused(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var id = await AddPatientAsync(clinic);
        await clinic.InDatabaseAsync(async first =>
        {
            var mine = await first.Patients.SingleAsync(p => p.Id == id);
            await clinic.InDatabaseAsync(async second =>
            {
                (await second.Patients.SingleAsync(p => p.Id == id)).Phone = "020 7946 0001";
                await second.SaveChangesAsync();
            });

            mine.Phone = "020 7946 0002";
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => first.SaveChangesAsync());
        });
        Assert.Equal("020 7946 0001", await clinic.InDatabaseAsync(db => db.Patients.Select(p => p.Phone).SingleAsync()));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task The_key_of_the_claims_table_refuses_a_second_claim_of_one_slot(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var practitioner = await clinic.AddCosmetologistAsync();
        var patient = await AddPatientAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            var room = new Room { Name = "Room 1" };
            db.Rooms.Add(room);
            db.Appointments.Add(NewAppointment(patient, practitioner, room.Id));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            db.Appointments.Add(NewAppointment(patient, practitioner, room.Id));
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        });
        Assert.Equal(1, await clinic.InDatabaseAsync(db => db.Appointments.CountAsync()));
    }

    private static Appointment NewAppointment(Guid patient, Guid practitioner, Guid room)
    {
        var start = TestClinic.Start.UtcDateTime.AddDays(1);
        var appointment = new Appointment
        {
            PatientId = patient,
            PractitionerId = practitioner,
            RoomId = room,
            Kind = AppointmentKind.Consultation,
            StartUtc = start,
            EndUtc = start.AddMinutes(30),
            WallStart = start.AddHours(1),
            BookedById = practitioner,
            BookedUtc = TestClinic.Start.UtcDateTime,
        };
        appointment.ClaimSlots();
        return appointment;
    }

    private static async Task<Guid> AddPatientAsync(TestClinic clinic)
    {
        var patient = new Patient
        {
            GivenName = "Hannah",
            FamilyName = "Lindqvist",
            BirthDate = new DateOnly(1990, 3, 11),
            RegisteredUtc = TestClinic.Start.UtcDateTime,
            RegisteredById = Guid.NewGuid(),
        };
        await clinic.InDatabaseAsync(async db =>
        {
            db.Patients.Add(patient);
            await db.SaveChangesAsync();
        });
        return patient.Id;
    }
}
