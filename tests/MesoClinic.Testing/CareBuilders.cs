using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Complications;
using MesoClinic.Domain.Sessions;
using MesoClinic.Rules.Knowledge;
using MesoClinic.Rules.Triage;
using Complication = MesoClinic.Domain.Complications.Complication;

namespace MesoClinic.Testing;

/// <summary>A session that was done and signed, for what follows it: aftercare, complications.</summary>
public sealed record SignedSessionOptions
{
    public IReadOnlyList<string> Areas { get; init; } = ["forehead", "cheeks"];
    public IReadOnlyList<string> Ingredients { get; init; } = ["ing-hyaluronic-acid"];
    public string LotNumber { get; init; } = "HA-2604";
    public string Technique { get; init; } = "tech-nappage";
}

public static class CareBuilders
{
    /// <summary>Redness that was reported now, straight into the table.</summary>
    public static Task AddComplicationAsync(this TestClinic clinic, Guid patientId, bool closed = false)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        var now = clinic.Clock.GetUtcNow().UtcDateTime;
        return clinic.InDatabaseAsync(async db =>
        {
            db.Complications.Add(new Complication
            {
                PatientId = patientId, Report = new SymptomReport("redness"), Symptom = "redness", OnsetUtc = now, ReportedUtc = now, ReportedById = Guid.Empty,
                Level = TriageLevel.SelfCare, AdviceShown = [], TriageRules = [], Candidates = [], State = closed ? ComplicationState.Closed : ComplicationState.Open,
            });
            await db.SaveChangesAsync();
        });
    }

    /// <summary>Written straight into the tables: how a session comes about is not what these tests are about.</summary>
    public static Task<Guid> AddSignedSessionAsync(this TestClinic clinic, Guid patientId, Guid practitionerId, DateTimeOffset ended, SignedSessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        options ??= new SignedSessionOptions();
        var end = ended.UtcDateTime;
        return clinic.InDatabaseAsync(async db =>
        {
            var room = new Room { Name = $"Room {Guid.NewGuid():N}" };
            var product = new Product { Name = $"Product {Guid.NewGuid():N}", Ingredients = [.. options.Ingredients.Select(ingredient => new ProductIngredient(ingredient, 10))] };
            var lot = new Lot { ProductId = product.Id, Number = options.LotNumber, ExpiresOn = DateOnly.FromDateTime(end).AddYears(1), ReceivedOn = DateOnly.FromDateTime(end).AddDays(-30), AmpoulesReceived = 10, AmpoulesLeft = 9 };
            var appointment = new Appointment
            {
                PatientId = patientId, PractitionerId = practitionerId, RoomId = room.Id, Kind = AppointmentKind.Session, State = AppointmentState.Done,
                StartUtc = end.AddMinutes(-45), EndUtc = end, WallStart = end.AddMinutes(-45), BookedById = practitionerId, BookedUtc = end.AddDays(-7),
            };
            var session = new Session
            {
                AppointmentId = appointment.Id, PatientId = patientId, PractitionerId = practitionerId, Number = 1, Technique = options.Technique,
                OpenedUtc = end.AddMinutes(-45), EndedUtc = end,
            };
            session.Areas.AddRange(options.Areas.Select(area => new TreatedArea { Area = area }));
            session.Cocktail.Add(new CocktailLine { Position = 1, LotId = lot.Id, VolumeMl = 1, Ampoules = 1 });
            session.Begin(end.AddMinutes(-30));
            db.AddRange(room, product, lot, appointment, session);
            await db.SaveChangesAsync();

            // A signed session takes no more lines, so it is signed last.
            session.SignedUtc = end.AddMinutes(5);
            await db.SaveChangesAsync();
            return session.Id;
        });
    }
}
