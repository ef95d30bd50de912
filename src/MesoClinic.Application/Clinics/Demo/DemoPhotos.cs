using System.Security.Cryptography;
using MesoClinic.Application.Photos;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Clinics;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>Photos before and after, of a few patients. They are drawn after the body map and show nobody.</summary>
/// <param name="folder">Where the pictures lie.</param>
internal sealed class DemoPhotos(string folder, RuleBook book, Clinic clinic)
{
    /// <summary>All of them are of this size, upright.</summary>
    private const int Width = 720;
    private const int Height = 960;
    private readonly DemoIds ids = new(seed: 2027);
    private readonly Dictionary<Guid, byte[]> pictures = [];
    private readonly List<Photo> photos = [];
    private readonly List<Consent> consents = [];

    public IEnumerable<object> Records => [.. consents, .. photos];

    /// <summary>What was taken in a session, after the patient had agreed to it. The rows have no key until their pictures are stored.</summary>
    public IReadOnlyList<Photo> Take(DemoPatient seed, Patient patient, StaffMember practitioner, Session session)
    {
        if (seed.Photos.Count > 0 && session.Number == 1)
        {
            consents.Add(ConsentOf(patient, practitioner, session.OpenedUtc.AddMinutes(2)));
        }

        var taken = seed.Photos.Where(picture => picture.Session == session.Number).Select(picture => PhotoOf(picture, session)).ToList();
        photos.AddRange(taken);
        return taken;
    }

    /// <summary>Encrypts the pictures into the clinic's folder and gives the rows their keys.</summary>
    public Task StoreAsync(PhotoStore store, CancellationToken token) => Task.WhenAll(photos.Select(async photo =>
    {
        var received = (await store.ReceiveAsync(new MemoryStream(pictures[photo.Id]), photo.Id, photo.File, token)).Value;
        if (received is not { Width: Width, Height: Height, Orientation: 1 } || received.Hash != photo.ContentHash)
        {
            throw new InvalidOperationException("A picture of the demo clinic cannot be stored as it is.");
        }

        photo.Key = received.Key;
    }));

    private Photo PhotoOf(DemoPicture picture, Session session)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, picture.File));
        var photo = new Photo
        {
            Id = ids.Next(),
            PatientId = session.PatientId,
            SessionId = session.Id,
            Moment = picture.Moment,
            View = picture.View,
            TakenUtc = picture.Moment == PhotoMoment.Before ? session.OpenedUtc.AddMinutes(4) : session.EndedUtc!.Value.AddMinutes(-1),
            TakenById = session.PractitionerId,
            Format = PhotoFormat.Jpeg,
            Width = Width,
            Height = Height,
            Orientation = 1,
            Bytes = bytes.Length,
            ContentHash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            File = PhotoStore.NewName(),
            Key = "",
        };
        pictures.Add(photo.Id, bytes);
        return photo;
    }

    private Consent ConsentOf(Patient patient, StaffMember practitioner, DateTime signedUtc)
    {
        var (version, wording) = BuiltInConsentTexts.Of(ConsentKind.Photos);
        var facts = new ConsentFacts(patient.FullName, patient.BirthDate, clinic.Name, clinic.Phone, clinic.EmergencyNumber, null);
        var consent = new Consent
        {
            Id = ids.Next(),
            Kind = ConsentKind.Photos,
            PatientId = patient.Id,
            TemplateVersion = version,
            Text = ConsentWording.Write(book, wording, null, new ConsentSubject(ConsentKind.Photos, [], null, []), facts),
            Areas = [],
            Ingredients = [],
            SignedName = patient.FullName,
            SignedUtc = signedUtc,
            WitnessId = practitioner.Id,
        };
        consent.ContentHash = ConsentForms.HashOf(consent);
        return consent;
    }
}
